package io.github.camelzendesk.examples.weblogin;

/** A request that gets a page instead of what it asked for. Immutable. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    Refusal(int status, String title, String text) {
        super(text);
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
