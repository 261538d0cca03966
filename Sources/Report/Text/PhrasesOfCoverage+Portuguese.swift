import Coverage

extension CoveragePhrases {
  static var portuguese: CoveragePhrases {
    let numbers = Humanized(.portuguese)
    @Sendable func days(_ count: Int) -> String { count == 1 ? "1 dia" : "\(numbers.count(count)) dias" }
    return CoveragePhrases(
      language: .portuguese,
      state: portugueseState,
      counted: { "\(numbers.count($0)) \($0 == 1 ? portugueseState($1) : portugueseStates($1))" },
      days: days,
      slices: { $0 == 1 ? "1 fatia" : "\(numbers.count($0)) fatias" },
      thereOf: { "\(numbers.count($0)) de \(days($1)) presentes" },
      isWhole: "todos os dias desejados estão aí",
      nothingWanted: "nenhum dia é desejado: nem arquivo de missões nem registro indica algum",
      moreRanges: { "… e mais \(numbers.count($0)); --output csv traz todos" },
      moreWholeSlices: { "… e mais \(numbers.count($0)) completas" },
      written: { "gravado em \($1): \($0)" },
      notWritten: {
        "nenhum arquivo pode indicar \($0): a fonte ou um parâmetro não está mais na configuração"
      },
      writes: { "grava um arquivo com as missões que consertam isto (\($0))" },
      mends: { "antes: conserta o que se perdeu (\($0)) ou devolve para ser extraído de novo" },
      runs: { "executa o que está no arquivo (\($0))" },
      scrapesAgain: { "manda extrair de novo o que parece errado (\($0)); accept ID diz que está certo" },
      title: "Cobertura",
      skipToContent: "Ir para os dias",
      totals: "Totais",
      wanted: "dias desejados",
      next: "O que digitar agora",
      notThere: "Não estão aí, ou suspeitos",
      moreSlices: {
        "Mais \(numbers.count($0)) fatias estão nos totais acima mas não aparecem aqui; --output csv traz todas."
      },
      stateHead: "estado", fromHead: "de", toHead: "até", daysHead: "dias",
      writtenAt: { "Gerado em \($0) pelo Mission Control \($1)." },
      footer:
        "Um dia vale pela melhor das missões que o cobrem. Este arquivo não precisa de rede e não envia nada.",
      months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"])
  }

  @Sendable private static func portugueseState(_ state: DayState) -> String {
    switch state {
    case .done: return "concluído"
    case .empty: return "vazio"
    case .suspicious: return "suspeito"
    case .failed: return "falhou"
    case .cancelled: return "cancelado"
    case .pending: return "pendente"
    case .running: return "em execução"
    case .missing: return "faltando"
    case .lost: return "perdido"
    }
  }

  private static func portugueseStates(_ state: DayState) -> String {
    switch state {
    case .done: return "concluídos"
    case .empty: return "vazios"
    case .suspicious: return "suspeitos"
    case .failed: return "com falha"
    case .cancelled: return "cancelados"
    case .pending: return "pendentes"
    case .running, .missing: return portugueseState(state)
    case .lost: return "perdidos"
    }
  }
}
