-- The settings of camel-zendesk-auth on PostgreSQL. One row a connection; "settings" is the document of
-- docs/settings-file.adoc. The user of the application needs:
--   GRANT SELECT, INSERT, UPDATE ON zendesk_auth_settings, zendesk_auth_settings_lock TO the_user;
CREATE TABLE IF NOT EXISTS zendesk_auth_settings (
  name varchar(255) PRIMARY KEY,
  generation bigint NOT NULL,
  version bigint NOT NULL,
  settings text NOT NULL,
  updated_at timestamp with time zone NOT NULL
);
-- Used behind a pooler such as PgBouncer only, where the lock is a row.
CREATE TABLE IF NOT EXISTS zendesk_auth_settings_lock (
  name varchar(255) PRIMARY KEY
);
