extension Portuguese {
  /// What `check` says of workers, proxies and the store.
  static let check: KeyValuePairs<String, String> = [
    ", but this machine's clock is {} ahead: set it":
      ", mas o relógio desta máquina está {} adiantado: acerte-o",
    ", but this machine's clock is {} behind: set it":
      ", mas o relógio desta máquina está {} atrasado: acerte-o",
    "GET {} through it, answered {}": "GET {} por meio dele, respondeu {}",
    "wrote, read and removed a probe object in {}": "um objeto de teste foi gravado, lido e removido em {}",
    "; it does not keep create-only writing": "; ele não cumpre a gravação só de criação",
    "; it gives no list of what it holds": "; ele não lista o que guarda",
    "the probe object is not there once it is written": "o objeto de teste não está lá depois de gravado",
    "let this user write in storage_folder.path": "permita que este usuário grave em storage_folder.path",
    "free some space in storage_folder.path": "libere espaço em storage_folder.path",
    "mount the file system of storage_folder.path for writing":
      "monte para gravação o sistema de arquivos de storage_folder.path",
    "check storage_folder.path, or mount what belongs there":
      "confira storage_folder.path, ou monte o que deve estar ali",
    "the worker is there but does not take this api_key: compare it with the worker's own":
      "o worker está lá, mas não aceita esta api_key: compare-a com a do próprio worker",
    "name the final address as its url: a key is never sent on to another one":
      "indique o endereço final como a url dele: uma chave nunca é repassada a outro",
    "something answers at its url that is no worker: check host, port and path":
      "o que responde na url dele não é um worker: confira host, porta e caminho",
    "the worker is there but not well: look at its own log":
      "o worker está lá, mas não está bem: veja o log dele",
    "check the proxy's username and password": "confira o usuário e a senha do proxy",
    "the proxy is there; ask for proxy_check_url without it to see which of the two refuses":
      "o proxy está lá; acesse proxy_check_url sem ele para ver qual dos dois recusa",
    "is the proxy's name spelt right, and does DNS work here?":
      "o nome do proxy está escrito certo, e o DNS funciona aqui?",
    "is the proxy running and reachable from this machine?":
      "o proxy está rodando e dá para alcançá-lo desta máquina?",
    "the proxy connects, but what answers as proxy_check_url is not to be trusted":
      "o proxy conecta, mas não se pode confiar no que responde como proxy_check_url",
    "the proxy takes connections: do its username and password fit, and may it reach the URL?":
      "o proxy aceita conexões: o usuário e a senha conferem, e ele pode alcançar a URL?",
    "the name {} has no address: is it spelt right, and does DNS work here?":
      "o nome {} não tem endereço: está escrito certo, e o DNS funciona aqui?",
    "nothing takes connections there: is it running, is the port right, does a firewall stand between?":
      "nada aceita conexões ali: está rodando, a porta está certa, há um firewall no caminho?",
    "no connection in time: is {} reachable from this machine, does a firewall drop packets?":
      "sem conexão a tempo: dá para alcançar {} desta máquina, um firewall descarta pacotes?",
    "it takes connections but does not answer: look at its own log":
      "aceita conexões, mas não responde: veja o log dele",
    "it closed the connection: does it expect https:// ?": "fechou a conexão: será que espera https:// ?",
    "it closed the connection: look at its own log": "fechou a conexão: veja o log dele",
    "is {} reachable from this machine?": "dá para alcançar {} desta máquina?",
    "its certificate is expired or not valid yet: renew it, and check this machine's date":
      "o certificado dele venceu ou ainda não vale: renove-o, e confira a data desta máquina",
    "its certificate is for another host than {}: use the name that the certificate is for":
      "o certificado dele é de outro host, não de {}: use o nome para o qual foi emitido",
    "its certificate is from an authority unknown here: name that authority's file as ca_file of {}":
      "o certificado dele é de uma autoridade desconhecida aqui: indique o arquivo dela como ca_file de {}",
    "ca_file of {} must be a readable PEM file with certificates":
      "ca_file de {} deve ser um arquivo PEM legível com certificados",
    "it must speak TLS 1.2 or newer at this port; for plain http the url begins with http://":
      "deve falar TLS 1.2 ou mais novo nesta porta; para http simples a url começa com http://",
    "check storage_s3.access_key and secret_key; temporary ones also need their session_token":
      "confira storage_s3.access_key e secret_key; as temporárias precisam também do session_token",
    "get new temporary credentials; their time is over":
      "obtenha novas credenciais temporárias; o prazo destas acabou",
    "check storage_s3.endpoint, its path too, and storage_s3.bucket":
      "confira storage_s3.endpoint, também seu caminho, e storage_s3.bucket",
    "create the bucket {} or check storage_s3.bucket and endpoint":
      "crie o bucket {} ou confira storage_s3.bucket e endpoint",
    "allow PutObject, GetObject and DeleteObject under the prefix {} for this access_key":
      "permita PutObject, GetObject e DeleteObject sob o prefixo {} para esta access_key",
    "set this machine's clock, for example with systemd-timesyncd or chrony":
      "acerte o relógio desta máquina, por exemplo com systemd-timesyncd ou chrony",
    "set storage_s3.region to the bucket's and endpoint to the one of that region":
      "ajuste storage_s3.region à do bucket e endpoint ao dessa região",
    "the store is there but busy or not well: try again in a minute":
      "o armazenamento está lá, mas ocupado ou com problemas: tente de novo em um minuto",
    "does an S3-compatible store answer at storage_s3.endpoint, and is its region right?":
      "um armazenamento compatível com S3 responde em storage_s3.endpoint, e a região está certa?",
  ]
}
