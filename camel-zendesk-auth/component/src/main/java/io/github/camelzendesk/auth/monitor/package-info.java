/** What operators see of connections: health checks, JMX, meters and events. Not API, but the events. */
package io.github.camelzendesk.auth.monitor;
