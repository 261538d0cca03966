import Translation

/// The words that `init` answers with, in one language.
struct InitPhrases: Sendable {
  static func of(_ language: Language) -> InitPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  let question: String
  let written: String
  let purpose: @Sendable (Starter.Purpose) -> String
  let next: String
  let edit: @Sendable (_ name: String) -> String

  private static var english: InitPhrases {
    InitPhrases(
      question: "what brings the records: command (a program of this machine), http (an API) or worker? "
        + "[command] ",
      written: "written:",
      purpose: { purpose in
        switch purpose {
        case .configuration: return "the configuration"
        case .program: return "the program that a mission runs"
        case .missions: return "three missions, a day each"
        case .environment: return "the place for secrets"
        }
      },
      next: "next:", edit: { "fill in \($0)" })
  }

  private static var portuguese: InitPhrases {
    InitPhrases(
      question: "o que traz os registros: command (um programa desta máquina), http (uma API) ou worker? "
        + "[command] ",
      written: "gravado:",
      purpose: { purpose in
        switch purpose {
        case .configuration: return "a configuração"
        case .program: return "o programa que uma missão executa"
        case .missions: return "três missões, um dia cada"
        case .environment: return "o lugar dos segredos"
        }
      },
      next: "em seguida:", edit: { "preencha \($0)" })
  }
}

/// The comments in the files that `init` writes.
struct StarterComments: Sendable {
  static func of(_ language: Language) -> StarterComments {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  let about: String
  let schema: String
  let missions: String
  let window: String
  let journal: String
  let store: String
  let command: String
  let lines: String
  let keep: String
  let secrets: String
  let change: String
  let capacity: String
  let idempotency: String
  let environment: String
  let program: String

  private static let english = StarterComments(
    about: "Mission Control: what is scraped, by what, and where it goes. Paths are relative to this file.",
    schema: "`mission-control config schema > config.schema.json` lets editors complete and check it.",
    missions: "files or globs",
    window: "a window: missions without a file",
    journal: "spool, lock and reports live beside it",
    store: "a file for each mission that is done",
    command: "no shell reads it; no secrets here",
    lines: "one JSON object a line on standard output",
    keep: "files in $MISSION_FOLDER that go to the store as well",
    secrets: "from the file environment",
    change: "change this",
    capacity: "jobs at once",
    idempotency: "so that a start whose answer is lost is not doubled",
    environment: "Secrets. Load them with: set -a; . ./environment; set +a",
    program: "One mission: its days come in, a JSON object a line goes out; standard error is the log.")

  private static let portuguese = StarterComments(
    about: "Mission Control: o que se extrai, com quê e para onde vai. Caminhos contam a partir daqui.",
    schema: "`mission-control config schema > config.schema.json` faz editores completarem e conferirem.",
    missions: "arquivos ou padrões",
    window: "uma janela: missões sem arquivo",
    journal: "spool, trava e relatórios ficam ao lado",
    store: "um arquivo para cada missão concluída",
    command: "nenhum shell o lê; nada de segredos aqui",
    lines: "um objeto JSON por linha na saída padrão",
    keep: "arquivos em $MISSION_FOLDER que também vão para o armazenamento",
    secrets: "do arquivo environment",
    change: "troque isto",
    capacity: "jobs ao mesmo tempo",
    idempotency: "para que um início cuja resposta se perde não seja duplicado",
    environment: "Segredos. Carregue com: set -a; . ./environment; set +a",
    program: "Uma missão: entram seus dias, sai um objeto JSON por linha; a saída de erro é o log.")
}
