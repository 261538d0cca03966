import Dates
import KeyTable
import Kinds

// The table of config.yaml. The order is the order of the file in the documentation and of the masked output.

extension Configuration {
  package static let keys =
    work + [Key.database] + Kinds.destinations.map { Key.destination($0) }
    + Kinds.stores.map { Key.store($0) } + keeping

  private static let work: [Key<Configuration>] = [
    Key("version", \.version, .integer(1...1), "The version of this file's format"),
    Key(
      "locale", \.locale, Codec.choice.optional,
      "The language of texts for people; that of the environment (LC_ALL, LC_MESSAGES, LANG) when absent"),
    Key(
      "time_zone", \.timeZone, .timeZone,
      "Whose days today, yesterday, -7d and windows mean: a name of the system's time zone database"),
    Key(
      "missions", \.missions, .missions,
      "Mission files or globs, relative to this file, and windows: missions that need no file"),
    Key(
      "schedules", \.scheduleEntries, .list(of: .section),
      "Missions that hang on the clock: run --due makes them for each slot that is due"),
    Key("journal", \.journal, .section, "The journal that holds missions, runs and events"),
    Key("execution", \.execution, .section, "How missions run"),
    Key(
      "workers", \.workers, .list(of: .section),
      "The scraping services; needed where a source is of kind worker"),
    Key(
      "sources", \.sources, Codec.map(of: .source, name: TextRule.sourceName).optional,
      "Where missions come from, by the name that their rows have; when absent every name is one of kind worker"
    ),
    Key(
      "proxies", \.proxies, Codec.list(of: .section).optional,
      "The outbound proxies that sessions are opened through; without this section none is used"),
  ]

  private static let keeping: [Key<Configuration>] = [
    Key("quality", \.quality, .section, "What becomes of results that are not like those before them"),
    Key("retention", \.retention, .section, "What prune removes when told nothing else"),
    Key("notify", \.notify, .section, "Who is told how runs go"),
  ]
}

extension Configuration.Journal {
  package static let keys: [Key<Self>] = [
    Key(
      "path", \.path, .path(), "The SQLite file of the journal; spool, lock and reports live beside it")
  ]
}

extension Configuration.Retention {
  package static let keys: [Key<Self>] = [
    Key("missions", \.missions, Codec.duration(.days).optional, "Finished missions are kept this long"),
    Key("events", \.events, Codec.duration(.days).optional, "Events are kept this long"),
    Key(
      "prune", \.prune, Codec.choice.optional,
      "after_run: each run removes at its end what is older; only prune does when absent"),
  ]
}

extension Configuration.Execution {
  package static let keys: [Key<Self>] = [
    Key(
      "refresh_interval", \.refreshInterval, .integer(1...1_000_000),
      "Missions per session, then a new session and proxy"),
    Key("auto_retry", \.autoRetry, .flag, "Whether a failed mission is tried again in the same run"),
    Key("max_retries", \.maxRetries, .integer(0...20), "Retries of a mission at the most"),
    Key("timeout_session", \.timeoutSession, .duration(.seconds), "How long a session may take to be ready"),
    Key("timeout_job", \.timeoutJob, .duration(.minutes), "How long a job may run"),
    Key(
      "max_concurrency", \.maxConcurrency, Codec.integer(1...10_000).optional,
      "Missions at once, never more than the sum of the sources' capacities, which is the default"),
    Key(
      "adaptive", \.isAdaptive, .flag,
      "Whether a worker or HTTP source gets fewer jobs at once when it refuses, fails or only grows slower with more"
    ),
    Key("max_result_size", \.maxResultSize, .size, "A larger result is refused"),
    Key("polling", \.polling, .section, "Waits between looks at a worker"),
    Key("timeouts", \.timeouts, .section, "Deadlines"),
    Key(
      "proxy_check_url", \.proxyCheckURL, Codec.url(queryAllowed: true).optional,
      "What check asks for through each proxy; without it only the connection is tried"),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, plainHTTP),
  ]
}

extension Configuration.Polling {
  package static let keys: [Key<Self>] = [
    Key(
      "session_initial", \.sessionInitial, .duration(.seconds, zeroAllowed: true),
      "Before the first look at a new session"),
    Key("session", \.session, .duration(.seconds, zeroAllowed: true), "Between looks at a session"),
    Key("job", \.job, .duration(.seconds, zeroAllowed: true), "Between looks at a job"),
  ]
}

extension Configuration.Timeouts {
  package static let keys: [Key<Self>] = [
    Key("connect", \.connect, .duration(.seconds), "Opening a connection"),
    Key("response", \.response, .duration(.seconds), "A control request, whole"),
    Key("stalled", \.stalled, .duration(.seconds), "No byte of a result or an upload"),
    Key("upload", \.upload, .duration(.seconds), "An upload, whole"),
    Key("statement", \.statement, .duration(.seconds), "A statement of the destination"),
    Key("busy", \.busy, .duration(.seconds), "A locked SQLite file"),
  ]
}

extension Configuration.Worker {
  package static let keys: [Key<Self>] = [
    Key("name", \.name, .text(TextRule.workerName), required: true, "How reports and --worker call it"),
    Key("url", \.url, .url(), required: true, "Its base URL"),
    Key("api_key", \.apiKey, .secret, required: true, "What is sent as X-API-Key"),
    Key("capacity", \.capacity, .integer(1...10_000), "Jobs that it runs at once"),
    Key("active", \.isActive, .flag, "Whether runs use it"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, plainHTTP),
  ]
}

extension Configuration.Proxy {
  package static let keys: [Key<Self>] = [
    Key(
      "server", \.server, .text(TextRule.proxyServer, showsValue: false), required: true,
      "host:port, with http://, https:// or socks5:// before it where needed"),
    Key("username", \.username, Codec.text(showsValue: false).optional, "Its user name"),
    Key("password", \.password, Codec.secret.optional, "Its password"),
    Key("active", \.isActive, .flag, "Whether sessions use it"),
  ]
}

extension Configuration.StorageDB {
  package static let keys: [Key<Self>] = [
    Key(
      "connection_string", \.database, .connectionString, required: true,
      environment: ["DATABASE_URL"], "sqlite:PATH, postgresql://… or a libpq conninfo"),
    Key("schema", \.schema, .text(TextRule.identifier), "PostgreSQL only: the schema of the tables"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, certificates),
  ]
}

extension Configuration.Notify {
  package static let keys: [Key<Self>] = [
    Key("webhook", \.webhook, Codec.section.optional, "A chat or a program that takes JSON"),
    Key("ping", \.ping, Codec.section.optional, "A health-check service"),
    Key("email", \.email, Codec.section.optional, "Mail by SMTP"),
  ]
}

extension Configuration.Webhook {
  package static let keys: [Key<Self>] = [
    Key("secret_url", \.url, .secretURL, required: true, "Where to post; only its host is ever shown"),
    Key("events", \.events, .words(of: .choice), "What it is told of"),
    Key(
      "only_text", \.onlyText, .flag,
      "Sends nothing but the field text, for services that refuse others"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, plainHTTP),
  ]
}

extension Configuration.Ping {
  package static let keys: [Key<Self>] = [
    Key(
      "secret_url", \.url, .secretURL, required: true,
      "What is asked for at success; with /start or /fail behind it otherwise"),
    Key("events", \.events, .words(of: .choice), "What it is told of"),
    Key(
      "send_exit_code", \.sendsExitCode, .flag,
      "The end is told as /<exit code> instead of nothing and /fail"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, plainHTTP),
  ]
}

extension Configuration.Email {
  package static let keys: [Key<Self>] = [
    Key("server", \.server, .text(TextRule.mailServer), required: true, "host:port of the SMTP server"),
    Key(
      "encryption", \.encryption, .choice,
      "starttls, tls from the first byte, or none, which sends a password to this machine only"),
    Key("username", \.username, Codec.text(showsValue: false).optional, "Its user name"),
    Key("password", \.password, Codec.secret.optional, "Its password"),
    Key("from", \.from, .text(TextRule.mailAddress), required: true, "The sender's address"),
    Key("to", \.to, .words(of: .text(TextRule.mailAddress)), required: true, "The recipients' addresses"),
    Key("events", \.events, .words(of: .choice), "What they are told of"),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, certificates),
  ]
}

/// What `storage_db` is.
let databaseText = "The database that receives the ads"
private let plainHTTP = KeyText.plainHTTP
private let certificates = KeyText.certificates
