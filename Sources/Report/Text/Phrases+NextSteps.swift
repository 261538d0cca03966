/// What a suggested command does, behind the command.
extension Phrases {
  @Sendable static func englishStep(_ step: NextStep) -> String {
    func count(_ value: Int) -> String { Humanized(.english).count(value) }
    let others = step.missions - step.part
    let mended = step.isBlocked ? ", once the cause above is mended" : ""
    switch step.kind {
    case .resume where others == 0:
      return "resumes the \(count(step.part)) that \(step.part == 1 ? "is" : "are") left" + mended
    case .resume where step.part == 0:
      return "tries the \(count(others)) once more whose surroundings failed" + mended
    case .resume:
      return "runs \(count(step.missions)): the \(count(step.part)) left and the \(count(others)) whose "
        + "surroundings failed" + mended
    case .resumeNamed:
      return "runs the \(count(step.missions)) that \(step.missions == 1 ? "is" : "are") not done"
    case .retryFailed where others == 0:
      return "tries the \(count(step.part)) that failed once more, each from the checkpoint that failed"
        + mended
    case .retryFailed:
      return "runs \(count(step.missions)), the \(count(step.part)) that failed among them" + mended
    case .unlisted where others == 0:
      return "runs the \(count(step.part)) that \(step.part == 1 ? "is" : "are") in none of the files"
    case .unlisted:
      return "runs \(count(step.missions)), the \(count(step.part)) in none of the files among them"
    case .importMended: return "imports the rows named above, once they are mended"
    case .putBack: return "puts the \(count(step.part)) that failed back for the next run"
    case .unfinished: return "runs the \(count(step.part)) that \(step.part == 1 ? "is" : "are") left"
    case .rerunSuspicious:
      return "has the \(count(step.part)) that \(step.part == 1 ? "looks" : "look") wrong scraped once more"
    }
  }

  @Sendable static func portugueseStep(_ step: NextStep) -> String {
    func count(_ value: Int) -> String { Humanized(.portuguese).count(value) }
    func the(_ value: Int) -> String { value == 1 ? "a" : "as \(count(value))" }
    let others = step.missions - step.part
    let mended = step.isBlocked ? ", depois de corrigida a causa acima" : ""
    switch step.kind {
    case .resume where others == 0:
      return "retoma \(the(step.part)) que \(step.part == 1 ? "ficou" : "ficaram") por fazer" + mended
    case .resume where step.part == 0:
      return "tenta de novo \(the(others)) que \(others == 1 ? "falhou" : "falharam") por causa externa"
        + mended
    case .resume:
      return
        "executa \(count(step.missions)): \(the(step.part)) que \(step.part == 1 ? "ficou" : "ficaram") por "
        + "fazer e \(the(others)) que \(others == 1 ? "falhou" : "falharam") por causa externa" + mended
    case .resumeNamed:
      return
        "executa \(the(step.missions)) que não \(step.missions == 1 ? "está concluída" : "estão concluídas")"
    case .retryFailed where others == 0:
      return
        (step.part == 1
        ? "tenta de novo a que falhou, a partir da etapa que falhou"
        : "tenta de novo as \(count(step.part)) que falharam, cada uma a partir da etapa que falhou") + mended
    case .retryFailed:
      return "executa \(count(step.missions)), entre elas \(the(step.part)) que "
        + (step.part == 1 ? "falhou" : "falharam") + mended
    case .unlisted where others == 0:
      return "executa \(the(step.part)) que não \(step.part == 1 ? "está" : "estão") em nenhum dos arquivos"
    case .unlisted:
      return "executa \(count(step.missions)), entre elas \(the(step.part)) que não "
        + "\(step.part == 1 ? "está" : "estão") em nenhum dos arquivos"
    case .importMended: return "importa as linhas citadas acima, depois de corrigidas"
    case .putBack:
      return "devolve \(the(step.part)) que \(step.part == 1 ? "falhou" : "falharam") para a próxima execução"
    case .unfinished:
      return "executa \(the(step.part)) que \(step.part == 1 ? "resta" : "restam")"
    case .rerunSuspicious:
      return
        "manda extrair de novo \(the(step.part)) que \(step.part == 1 ? "parece errada" : "parecem erradas")"
    }
  }
}
