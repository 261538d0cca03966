import Report
import Verification

extension KeepingPhrases {
  static var portuguese: KeepingPhrases {
    let numbers = Humanized(.portuguese)
    return KeepingPhrases(
      kind: portugueseKind,
      part: { $0 == .destination ? "destino" : "armazenamento" },
      progress: { "\($0) de \($1) missões, \($2 == 1 ? "1 diferença" : "\(numbers.count($2)) diferenças")" },
      clean: { "verificação de \($0): nada difere" },
      differing: {
        "verificação de \($0): faltando \(numbers.count($1.missing)), alterado \(numbers.count($1.altered)), "
          + "sobrando \(numbers.count($1.extra))"
      },
      mends: { "\($0) conserta o que for possível" },
      mended: { "consertado: \($0)" },
      putBack: { "de volta a SCRAPE: \($0); \($1) extrai de novo" },
      notMended: { "ainda difere: \($0)" },
      moreExtras: {
        "… e mais \(numbers.count($0)) sobrando no \($1 == .destination ? "destino" : "armazenamento")"
      },
      pruned: { "removido antes: \($0), só o registro de cargas do destino conhece" },
      notCompared: { "linhas só contadas, não comparadas: \($0)" },
      repairWill: "o reparo vai",
      loadAgain: { "carregar de novo os anúncios de \($0), do que há no armazenamento ou no spool" },
      putAgain: { "gravar de novo o objeto de \($0), do que há no destino ou no spool" },
      scrapeAgain: { "devolver \($0) a SCRAPE, pois nada mais tem os bytes" },
      pruneWill: { "prune vai remover \($0) do registro" },
      stillNamed: {
        $0 == 1
          ? "mais 1 fica: arquivos de missões ou janelas a citam agora"
          : "mais \(numbers.count($0)) ficam: arquivos de missões ou janelas as citam agora"
      },
      goOn: "continuar? [s/N] ",
      yes: ["s", "sim", "y", "yes"],
      nothingChanged: "nada foi alterado",
      amount: { "\($0) e \($1 == 1 ? "1 evento" : "\(numbers.count($1)) eventos")" },
      removed: { "removido: \($0)" },
      liveSince: { "execução \($0) em andamento desde \($1)" },
      lastFailures: "Últimas falhas",
      quits: "q encerra")
  }

  @Sendable private static func portugueseKind(_ kind: Difference.Kind) -> String {
    switch kind {
    case .missing: return "falta"
    case .altered: return "alterado"
    case .extra: return "sobra"
    }
  }
}
