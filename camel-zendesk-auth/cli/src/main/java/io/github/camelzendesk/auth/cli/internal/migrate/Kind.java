package io.github.camelzendesk.auth.cli.internal.migrate;

/** What ends: how a connection or a program authenticates, and when that is over. */
public enum Kind {
    API_TOKEN(
            "API token",
            "2027-04-30",
            "Zendesk gives no new API tokens since 27 October 2026, and ends all of them on 30 April 2027."),
    PASSWORD("password", "2026-01-22", "Zendesk has refused passwords since January 2026."),
    BASIC(
            "Basic credentials",
            "2027-04-30",
            "Basic credentials are an API token, which ends on 30 April 2027, or a password, which Zendesk has refused"
                    + " since January 2026.");

    private final String shown;
    private final String ends;
    private final String dates;

    Kind(String shown, String ends, String dates) {
        this.shown = shown;
        this.ends = ends;
        this.dates = dates;
    }

    /** As a person reads it. */
    public String shown() {
        return shown;
    }

    /** The day, such as 2027-04-30. */
    public String ends() {
        return ends;
    }

    /** A sentence. */
    public String dates() {
        return dates;
    }
}
