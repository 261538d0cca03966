import Translation

/// The texts of notifications in one language.
struct NoticePhrases: Sendable {
  let started: @Sendable (_ missions: String) -> String
  let nothingToDo: String
  /// Added to it when no mission is listed at all.
  let nothingListed: String
  let suspicious: @Sendable (String) -> String
  let done: @Sendable (_ missions: String) -> String
  let doneOf: @Sendable (_ done: String, _ selected: String) -> String
  let failed: @Sendable (String) -> String
  let cancelled: @Sendable (String) -> String
  let left: @Sendable (String) -> String
  let rejectedRows: @Sendable (String) -> String
  let failedEarlier: @Sendable (String) -> String
  let brokeOff: @Sendable (_ exitCode: Int) -> String
  let facts: @Sendable (_ ads: String, _ bytes: String, _ time: String, _ exitCode: Int) -> String
  let test: String

  static func of(_ language: Language) -> NoticePhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  private static let english = NoticePhrases(
    started: { "run started, \($0) \($0 == "1" ? "mission" : "missions")" },
    nothingToDo: "nothing to do",
    nothingListed: "no mission is listed",
    suspicious: { $0 == "1" ? "1 suspicious result" : "\($0) suspicious results" },
    done: { $0 == "1" ? "1 mission done" : "\($0) missions done" },
    doneOf: { "\($0) of \($1) missions done" },
    failed: { "\($0) failed" },
    cancelled: { "\($0) cancelled" },
    left: { "\($0) left" },
    rejectedRows: { $0 == "1" ? "1 row rejected" : "\($0) rows rejected" },
    failedEarlier: { $0 == "1" ? "1 stays FAILED from before" : "\($0) stay FAILED from before" },
    brokeOff: { "run failed with exit code \($0)" },
    facts: { "\($0) ads, \($1), \($2), exit code \($3)" },
    test: "this is a test of the notifications")

  private static let portuguese = NoticePhrases(
    started: { "execução iniciada, \($0) \($0 == "1" ? "missão" : "missões")" },
    nothingToDo: "nada a fazer",
    nothingListed: "nenhuma missão está nos arquivos",
    suspicious: { $0 == "1" ? "1 resultado suspeito" : "\($0) resultados suspeitos" },
    done: { $0 == "1" ? "1 missão concluída" : "\($0) missões concluídas" },
    doneOf: { "\($0) de \($1) missões concluídas" },
    failed: { $0 == "1" ? "1 falhou" : "\($0) falharam" },
    cancelled: { $0 == "1" ? "1 cancelada" : "\($0) canceladas" },
    left: { $0 == "1" ? "1 restante" : "\($0) restantes" },
    rejectedRows: { $0 == "1" ? "1 linha rejeitada" : "\($0) linhas rejeitadas" },
    failedEarlier: { $0 == "1" ? "1 continua com falha de antes" : "\($0) continuam com falha de antes" },
    brokeOff: { "a execução falhou com o código de saída \($0)" },
    facts: { "\($0) anúncios, \($1), \($2), código de saída \($3)" },
    test: "este é um teste das notificações")
}
