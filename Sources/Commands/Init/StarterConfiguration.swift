import Translation

/// The text of a first configuration: it works as it stands, or once what is marked in it is filled in.
struct StarterConfiguration {
  let kind: StarterKind
  let words: StarterComments
  let language: Language

  var text: String {
    var text = "# \(words.about)\n# \(words.schema)\nversion: 1\n"
    if language != .english { text += "locale: \(language.rawValue)\n" }
    text += """

      missions:                        # \(words.missions)
        - missions/*.csv
        # - {every: day, from: -7d, to: yesterday, \(windowKeys)}   # \(words.window)

      journal:
        path: state/journal.sqlite     # \(words.journal)

      \(source)
      storage_db:
        connection_string: sqlite:state/ads.sqlite

      storage_folder:
        path: audit                    # \(words.store)

      """
    return text
  }

  private var windowKeys: String {
    kind == .worker ? "media_type: all, languages: [en]" : "source: example"
  }

  private var source: String {
    switch kind {
    case .command:
      return """
        sources:
          example:
            kind: command
            command: [sh, example.sh, "{date_start}", "{date_end}"]   # \(words.command)
            result: {format: lines}      # \(words.lines)
            # keep: ["*.pdf"]            # \(words.keep)
            # environment: {EXAMPLE_TOKEN: "${EXAMPLE_TOKEN}"}   # \(words.secrets)

        """
    case .http:
      return """
        sources:
          example:
            kind: http
            url: https://jobs.example.com/api                     # \(words.change)
            headers: {Authorization: "Bearer ${EXAMPLE_TOKEN}"}   # \(words.secrets)
            capacity: 2                  # \(words.capacity)
            start:
              post: /jobs
              headers: {Idempotency-Key: "{idempotency_key}"}     # \(words.idempotency)
              body: {from: "{date_start}", to: "{date_end}"}
              job: /id
            look: {get: "/jobs/{job}", every: 10s, status: /status, waiting: [pending, running], done: [completed], failed: [failed]}
            result: {get: "/jobs/{job}/result"}
            cancel: {post: "/jobs/{job}/cancel"}

        """
    case .worker:
      return """
        workers:
          - name: worker-1
            url: https://worker1.example.com   # \(words.change)
            api_key: ${WORKER_1_API_KEY}       # \(words.secrets)
            capacity: 1                        # \(words.capacity)

        """
    }
  }

  /// Lines of the file for secrets.
  static func variables(of kind: StarterKind) -> String {
    switch kind {
    case .command: return "# EXAMPLE_TOKEN=\n"
    case .http: return "EXAMPLE_TOKEN=\n"
    case .worker: return "WORKER_1_API_KEY=\n"
    }
  }
}
