import MissionCore

extension Phrases {
  public static var portuguese: Phrases {
    let numbers = Humanized(.portuguese)
    return Phrases(
      language: .portuguese,
      status: portugueseStatus,
      progressDone: { "\($0)/\($1) concluídas" },
      progressFailed: { "\($0) com falha" },
      progressCancelled: { $0 == "1" ? "1 cancelada" : "\($0) canceladas" },
      progressParked: { $0 == "1" ? "1 espera outra execução" : "\($0) esperam outra execução" },
      progressLeft: { "faltam \($0)" },
      progressElapsed: { "há \($0)" },
      progressStopping: "parando",
      andMore: { "… e mais \(numbers.count($0))" },
      run: "execução",
      started: "início",
      finished: "fim",
      exit: "saída",
      running: "em andamento",
      lastSignOfLife: "último sinal de vida",
      reason: portugueseReason,
      selected: "selecionadas",
      missions: "missões",
      wholeJournal: "o registro",
      done: "concluídas",
      failed: "com falha",
      cancelled: "canceladas",
      left: "restantes",
      skipped: "ignoradas",
      recovered: "recuperadas",
      rejectedRows: "linhas recusadas",
      duplicates: "duplicadas",
      ads: "anúncios",
      bytes: "bytes",
      time: "duração",
      rate: "ritmo",
      perCheckpoint: "Tempo por etapa",
      perWorker: "Por worker",
      perProxy: "Por proxy",
      failures: "Falhas",
      inputErrors: "Erros nos arquivos de missões",
      next: "Próximo passo",
      nothingToDo: "nada a fazer",
      backfill: "O backfill",
      example: "ex.:",
      mend: "corrija",
      hint: portugueseHint,
      failedEarlier: { count in
        count == 1
          ? "1 missão dos arquivos continua com falha de uma execução anterior"
          : "\(numbers.count(count)) missões dos arquivos continuam com falha de execuções anteriores"
      },
      unlisted: { count in
        count == 1
          ? "1 missão não encerrada não está em nenhum dos arquivos"
          : "\(numbers.count(count)) missões não encerradas não estão em nenhum dos arquivos"
      },
      putsBack: "devolve estas para a próxima execução",
      retries: { $0 == 1 ? "1 nova tentativa" : "\(numbers.count($0)) novas tentativas" },
      thrownAway: { "\($0) do tempo de jobs (\($1)) não trouxe nada" },
      byCode: "por código", byWorker: "por worker", byProxy: "por proxy",
      suspicious: { count in
        count == 1 ? "1 resultado suspeito" : "\(numbers.count(count)) resultados suspeitos"
      },
      lookWrong: "suspeitas",
      suspicion: { suspicion in
        let found = suspicion.kind == .empty ? "vazio" : "só \(numbers.count(suspicion.got))"
        let looks = suspicion.looks > 1 ? ", também na segunda extração" : ""
        return "\(found) onde se esperavam cerca de \(numbers.count(suspicion.expected))\(looks)"
      },
      listsSuspicious: "mostra todas as missões com resultado suspeito",
      scrapesAgain: {
        $0 == 1 ? "manda extraí-la de novo" : "manda extrair estas \(numbers.count($0)) de novo"
      },
      acceptsSuspicious: "diz que um resultado está certo",
      nextStep: portugueseStep,
      nothingLeft: "não resta nada a fazer",
      whileLive: "mostra o que os workers fazem agora",
      whenSuperseded: "mostra a execução mais recente e o que resta; houve execuções depois desta")
  }

  @Sendable private static func portugueseReason(_ end: RunEnd) -> String? {
    switch end {
    case .finished: return nil
    case .stopped: return "parada a pedido"
    case .timeUp: return "parada por --max-duration"
    case .killed: return "morta"
    case .failed: return "interrompida por um erro"
    }
  }

  @Sendable private static func portugueseStatus(_ status: MissionStatus) -> String {
    switch status {
    case .pending: return "Pendente"
    case .queued: return "Na fila"
    case .running: return "Executando"
    case .done: return "Concluída"
    case .failed: return "Falhou"
    case .cancelled: return "Cancelada"
    }
  }

  @Sendable private static func portugueseHint(_ code: ErrorCode) -> String? {
    switch code {
    case .destinationRefused:
      return "storage_db.connection_string ou storage_writer, ou o servidor que indicam"
    case .destinationDoesNotFit: return "o que a mensagem diz sobre as tabelas do destino ou sobre o anúncio"
    case .storeCredentials:
      return "storage_s3.access_key e storage_s3.secret_key, ou os headers de storage_http"
    case .bucketMissing: return "storage_s3.bucket ou a pasta do armazenamento, ou crie o que falta"
    case .storePermissionDenied:
      return "a permissão para gravar objetos em storage_s3.prefix, ou na pasta do armazenamento"
    case .objectDiffers: return "olhe o objeto: mission-control rerun ID extrai de novo e o substitui"
    case .noProxyAvailable: return "proxies: nenhum está ativo"
    case .workerUnavailable:
      return "endereço e acesso da fonte, ou o programa dela; mission-control check a testa"
    default: return nil
    }
  }
}
