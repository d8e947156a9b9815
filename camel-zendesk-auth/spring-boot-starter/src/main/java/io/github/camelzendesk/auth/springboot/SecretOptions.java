package io.github.camelzendesk.auth.springboot;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Masks the values of {@linkplain SecretNames secret options} where Actuator shows values. Stateless. */
final class SecretOptions implements SanitizingFunction {
    @Override
    public SanitizableData apply(SanitizableData data) {
        return SecretNames.isSecretProperty(data.getKey()) ? data.withSanitizedValue() : data;
    }
}
