import MissionCore
import Report
import Translation

extension AnswerPhrases {
  static var portuguese: AnswerPhrases {
    let numbers = Humanized(.portuguese)
    let missions = { @Sendable (count: Int) in count == 1 ? "1 missão" : "\(numbers.count(count)) missões" }
    return AnswerPhrases(
      missions: missions,
      stage: portugueseStage,
      countOf: portugueseCount,
      total: "total",
      today: { "hoje: \($0) \($0 == "1" ? "concluída" : "concluídas"), \($1) com falha" },
      workers: "Workers",
      idle: "ocioso",
      atOnce: {
        "\($0.limit) de \($0.capacity) por vez: \(Translator.to(.portuguese).translate($0.reason.words))"
      },
      sessions: "Sessões",
      served: { $0 == 1 ? "1 missão atendida" : "\(missions($0)) atendidas" },
      proxies: "Proxies",
      proxyInactive: "inativo",
      proxyUnused: "ainda não usado",
      proxyFailed: {
        "\($0) \($0 == 1 ? "falha recente" : "falhas recentes"), outros têm menos"
      },
      noLiveRun: "nenhuma execução em andamento",
      liveRun: { "execução \($0) em andamento" },
      since: { " desde \($0): " },
      interrupted: "interrompidas",
      lastRun: { "última execução \($0), fim \($1)" },
      tellsOfIt: "conta o que ela fez",
      endedOf: { "\($0) de \($1)" },
      listHeads: [
        "ID", "DIAS", "TIPO", "IDIOMAS", "SITUAÇÃO", "ETAPA", "ANÚNCIOS", "CÓDIGO", "WORKER", "FIM",
      ],
      noMissions: "nenhuma missão",
      noMissionsHere: {
        $0 == 1 ? "nenhuma missão aqui: há 1 ao todo" : "nenhuma missão aqui: há \(numbers.count($0)) ao todo"
      },
      page: { "\($0) a \($1) de \(missions($2))" },
      nextPage: { "; --offset \($0) mostra mais" },
      mission: { "missão \($0)" },
      field: portugueseField,
      events: "Eventos",
      keptFiles: "Arquivos guardados",
      programError: "Saída de erro do programa",
      attempt: { "tentativa \($0)" },
      attemptOf: { "tentativa \($0) de \($1)" },
      planRow: portuguesePlanRow,
      starts: { "\($0) dá início" },
      range: { "\($0) a \($1)" },
      gaps: "Lacunas: dias que nenhuma missão cobre",
      putBack: {
        $0 == 1 ? "1 missão voltou para Pendente" : "\(missions($0)) voltaram para Pendente"
      },
      takesThemUp: { "; \($0) continua daí" },
      cancelled: { $0 == 1 ? "1 missão cancelada" : "\(missions($0)) canceladas" },
      accepted: { $0 == 1 ? "1 missão aceita" : "\(missions($0)) aceitas" })
  }

  @Sendable private static func portugueseStage(_ stage: StageWord) -> String {
    switch stage {
    case .waiting: return "na fila"
    case .openingSession: return "atribuída, abrindo sessão"
    case .starting: return "atribuída"
    case .scraping: return "extraindo"
    case .cancelling: return "cancelando"
    case .spooling: return "armazenando"
    case .loading: return "armazenando no banco"
    case .uploading: return "armazenando no S3"
    }
  }

  @Sendable private static func portugueseCount(_ status: MissionStatus) -> String {
    switch status {
    case .pending: return "pendentes"
    case .queued: return "na fila"
    case .running: return "executando"
    case .done: return "concluídas"
    case .failed: return "com falha"
    case .cancelled: return "canceladas"
    }
  }

  @Sendable private static func portugueseField(_ field: MissionField) -> String {
    switch field {
    case .source: return "origem"
    case .days: return "dias"
    case .mediaType: return "tipo de mídia"
    case .parameters: return "parâmetros"
    case .languages: return "idiomas"
    case .priority: return "prioridade"
    case .ads: return "anúncios"
    case .error: return "erro"
    case .cause: return "causa"
    case .message: return "mensagem"
    case .worker: return "worker"
    case .job: return "job"
    case .proxy: return "proxy"
    case .retries: return "novas tentativas"
    case .created: return "criada"
    case .queued: return "enfileirada"
    case .started: return "iniciada"
    case .finished: return "encerrada"
    case .took: return "levou"
    case .size: return "tamanho"
    case .sha256: return "sha256"
    case .object: return "objeto"
    case .objectSize: return "tamanho do objeto"
    case .etag: return "etag"
    case .objectSHA256: return "sha256 do objeto"
    case .run: return "execução"
    }
  }

  @Sendable private static func portuguesePlanRow(_ row: PlanRow) -> String {
    switch row {
    case .selected: return "selecionadas"
    case .resumedAtScrape: return "retomadas em SCRAPE"
    case .resumedAtDB: return "retomadas em DB"
    case .resumedAtS3: return "retomadas em S3"
    case .skippedDone: return "ignoradas, concluídas"
    case .skippedFailed: return "ignoradas, com falha"
    case .skippedCancelled: return "ignoradas, canceladas"
    case .skippedNotSelected: return "ignoradas, fora da seleção"
    case .rejectedRows: return "linhas recusadas"
    case .duplicates: return "duplicadas"
    case .sessions: return "sessões previstas"
    }
  }
}
