-- The settings of camel-zendesk-auth on any database that knows SELECT ... FOR UPDATE SKIP LOCKED: H2 2.2, MySQL 8,
-- MariaDB 10.6, Oracle. Where TEXT is unknown, write CLOB. The user of the application needs SELECT, INSERT and UPDATE.
CREATE TABLE IF NOT EXISTS zendesk_auth_settings (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  generation BIGINT NOT NULL,
  version BIGINT NOT NULL,
  settings TEXT NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS zendesk_auth_settings_lock (
  name VARCHAR(255) NOT NULL PRIMARY KEY
);
