package io.github.camelzendesk.auth.monitor;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * What happens to tokens, for the event notifiers of the context. Thread-safe.
 */
final class CamelEvents implements ConnectionMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final CamelContext context;

    CamelEvents(CamelContext context) {
        this.context = context;
    }

    @Override
    public void happened(String label, String shownAs, TokenEvent happened) {
        List<EventNotifier> notifiers = context.getManagementStrategy().getStartedEventNotifiers();
        if (notifiers != null && !notifiers.isEmpty()) {
            ZendeskAuthEvent event = ZendeskAuthEvent.of(context, label, happened);
            event.setTimestamp(System.currentTimeMillis());
            notifiers.forEach(notifier -> notify(notifier, event));
        }
    }

    /** One after the other by hand: Camel's own round ends with the first notifier that throws. */
    private static void notify(EventNotifier notifier, ZendeskAuthEvent event) {
        try {
            if (!notifier.isDisabled() && notifier.isEnabled(event)) {
                notifier.notify(event);
            }
        } catch (Exception e) {
            LOG.warn(
                    "Connection '{}': the event notifier {} failed on {}. The tokens are not affected; fix the notifier.",
                    event.getConnection(),
                    notifier.getClass().getName(),
                    event.getClass().getSimpleName(),
                    e);
        }
    }
}
