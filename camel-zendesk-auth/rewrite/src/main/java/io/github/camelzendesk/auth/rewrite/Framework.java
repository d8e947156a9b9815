package io.github.camelzendesk.auth.rewrite;

/** What a module runs on: how its properties name variables and options, and which artifact it needs. */
enum Framework {
    CAMEL_MAIN("camel-zendesk-auth", "{{env:%s}}"),
    SPRING_BOOT("camel-zendesk-auth-starter", "${%s}"),
    QUARKUS("camel-quarkus-zendesk-auth", "${%s}");

    private final String artifact;
    private final String placeholder;

    Framework(String artifact, String placeholder) {
        this.artifact = artifact;
        this.placeholder = placeholder;
    }

    /** From the text of a {@code pom.xml}. */
    static Framework ofPom(String pom) {
        if (pom.contains("quarkus")) {
            return QUARKUS;
        }
        return pom.contains("spring-boot") || pom.contains("springboot") ? SPRING_BOOT : CAMEL_MAIN;
    }

    String artifact() {
        return artifact;
    }

    String placeholder(String variable) {
        return placeholder.formatted(variable);
    }

    /** An option as the properties of this framework spell it. */
    String spelled(String option) {
        return this == CAMEL_MAIN ? option : option.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
