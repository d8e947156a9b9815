package io.github.camelzendesk.auth.oauth;

/** What a connection can do at present: the one vocabulary of the status, of health, of meters and of JMX. */
public enum ConnectionState {
    /** It holds a valid token, or credentials that never change. */
    READY,
    /** It holds none, and the next call may obtain one: nothing was tried so far, or it is time to try again. */
    IDLE,
    /** It holds none: the last attempt failed, and the next one is not due yet, or comes by itself. */
    FAILING,
    /** A person must log in: the last attempt, or the last look at the settings, met that. */
    AUTHORIZATION_REQUIRED,
    /** Memory holds what the settings do not: the process must not end. */
    DIRTY
}
