import MissionCore

extension ChoosingPhrases {
  static var portuguese: ChoosingPhrases {
    ChoosingPhrases(
      phase: portuguesePhase,
      runHeads: ["EXECUÇÃO", "INÍCIO", "TEMPO", "FIM", "SELECIONADAS", "CONCLUÍDAS", "FALHAS", "RESTAM"],
      noRuns: "nenhuma execução",
      finished: "terminou",
      madeHead: "CRIOU",
      slots: { "\($0) horários" },
      notImported: "ainda não está no registro",
      chosen: "uma execução a escolhe agora",
      notChosen: "uma execução não a escolhe",
      rule: portugueseRule,
      goesOn: { "continua em \($0.rawValue): \($1)" },
      reason: portugueseReason,
      stands: { "sua linha está em \($0)" },
      stood: { "sua linha estava em \($0) quando foi importada; nenhum arquivo a cita agora" },
      noOrigin: "nenhum arquivo a cita agora",
      failedBefore: "Falhas anteriores",
      type: { $0 == .done ? "\($1) extrai de novo" : "\($1) continua daí" },
      rerunWill: {
        "rerun vai devolver \($0) a SCRAPE: cada uma começa mais uma vez na sua fonte; linhas e objetos ficam até que "
          + "novos os substituam"
      },
      windows: "Janelas",
      dueSlots: "Horários vencidos",
      nextSlots: "Próximos horários",
      nothingDue: "nenhum horário venceu",
      paused: "pausado",
      refreshed: "de novo por refresh_after",
      startsAt: { "inícios em \($0)" },
      expectedTime: "tempo esperado", recovered: "já feitas, dizem destino e armazenamento")
  }

  @Sendable private static func portuguesePhase(_ phase: MissionPhase) -> String {
    switch phase {
    case .assigned: return "Atribuída"
    case .extracting: return "Extraindo"
    case .storing: return "Armazenando"
    }
  }

  @Sendable private static func portugueseRule(_ rule: ChoiceRule) -> String {
    switch rule {
    case .listed: return "um arquivo ou uma janela a cita, e ela não terminou"
    case .underWay: return "uma execução anterior a deixou em andamento"
    case .putBack: return "foi devolvida por retry ou rerun"
    case .outage: return "falhou por causa do ambiente, o que uma nova execução tenta de novo"
    case .due: return "está concluída há mais tempo do que refresh_after permite"
    case .done: return "está concluída"
    case .failed: return "falhou, e só uma pessoa pode saber se outra tentativa ajuda"
    case .cancelled: return "foi cancelada"
    case .unlisted: return "nenhum arquivo e nenhuma janela a cita mais"
    }
  }

  @Sendable private static func portugueseReason(_ mission: MissionRecord, _ rule: ChoiceRule) -> String {
    if rule == .due || mission.former.replaces && mission.checkpoint == .scrape {
      return "é extraída de novo, e as linhas e o objeto antigos ficam até lá"
    }
    switch mission.checkpoint {
    case .scrape:
      if mission.status.isFinished { return "é extraída de novo" }
      if let job = mission.jobID {
        return "primeiro se pergunta pelo job \(UntrustedText.clean(job, limit: 128))"
      }
      return mission.hasUnansweredStart ? "o último início nunca teve resposta" : "nada foi extraído ainda"
    case .db: return "seus bytes estão no spool"
    case .s3: return "suas linhas estão carregadas"
    }
  }
}
