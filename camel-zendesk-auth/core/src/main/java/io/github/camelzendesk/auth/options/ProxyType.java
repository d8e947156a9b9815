package io.github.camelzendesk.auth.options;

/** What a proxy speaks. */
public enum ProxyType {
    HTTP,
    SOCKS
}
