package com.example.tickets;

import org.apache.camel.ProducerTemplate;

/** Outside of a route. */
public class Export {
    public String run(ProducerTemplate template) {
        return template.requestBody(
                "https://acme.zendesk.com/api/v2/incremental/tickets.json?authUsername=agent@acme.com/token&authPassword=OUTSIDE_5c5c",
                null,
                String.class);
    }
}
