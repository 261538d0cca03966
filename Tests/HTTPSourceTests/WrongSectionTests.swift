import Testing

@testable import HTTPSource

@Suite("a wrong section of kind http", .timeLimit(.minutes(1)))
struct WrongSectionTests {
  private static let head = "url: https://a.example\n"

  @Test("is told whole, everything with line and column")
  func everything() {
    let text = """
      url: ftp://a.example
      headers: {Content-Length: 5, "X Y": a, X-None: , X-Job: "{job}"}
      start:
        post: runs
        put: /a b
        body: {from: "{date_stat}", list: ["{tipo}", "{dataset}", "{", "{job}"]}
        form: {a: "{b}"}
        job: data
        keep: {Dataset: /a, job: /b, tipo: /c, dataset: /d, ok: x}
      look: {get: "/x/{job}?y", status: status, waiting: [A, B, A], done: [], failed: [B], every: 0s}
      result: {query: {a: b}, headers: {X: "1"}}
      cancel: {}
      find: {post: "/../x", where: {mission: "{mission_id}", /a: "{job}"}}
      health: {get: "/health/{mission_id}"}
      send: never
      expires: maybe
      """
    let known =
      "{date_start}, {date_end}, {source}, {mission_id}, {run_id}, {attempt}, {media_type}, {languages}, "
      + "{idempotency_key}, {slot}, {tipo}"
    #expect(
      Sections.read(text, parameters: ["tipo"]).problems == [
        "1:6: url must be an http:// or https:// URL",
        "2:11: headers.Content-Length is a header that is set by itself",
        "2:30: headers.X Y must be a header's name: letters, digits and -",
        "2:48: headers.X-None is empty",
        "4:9: start.post must be a path below url that begins with /",
        "5:8: start.put must be a path of plain characters; others are written as %XX",
        "6:61: start.body.list[2] must have a name like {date_start} in its braces; plain braces are written {{ and }}",
        "8:8: start.job must be a JSON Pointer like /data/id, got data",
        "9:10: start.keep.Dataset must be a lower-case letter, then up to 62 of a-z, 0-9 and _",
        "9:23: start.keep.job is a name that has a meaning of its own; choose another",
        "9:59: start.keep.ok must be a JSON Pointer like /data/id, got x",
        "10:13: look.get must be a path alone; what follows a ? belongs in query",
        "10:93: look.every must be more than 0, got 0s",
        "10:35: look.status must be a JSON Pointer like /data/id, got status",
        "13:14: find.post must not have . or .. between its slashes",
        "13:31: find.where.mission must be a JSON Pointer like /data/id",
        "13:7: find.job is missing",
        "15:7: send must be once or again, got never",
        "16:10: expires must be true or false, got maybe",
        "7:9: start.form cannot stand beside body: a request sends one of them",
        "11:17: result.query belongs to a request, and result has none",
        "11:34: result.headers belongs to a request, and result has none",
        "12:9: cancel must have one of get, post, put, patch, delete with a path below url",
        "10:69: look.done must list at least one status",
        "10:52: look.waiting lists A, which waiting lists already",
        "10:81: look.failed lists B, which waiting lists already",
        "7:13: start.form.a has an unknown placeholder {b}; known here: \(known)",
        "6:16: start.body.from has an unknown placeholder {date_stat}, did you mean {date_start}?",
        "6:48: start.body.list[1] has no value for {dataset} here, which comes with the answer of start",
        "6:66: start.body.list[3] has no value for {job} here, which comes with the answer of start",
        "14:15: health.get has an unknown placeholder {mission_id}; known here: {source}",
        "2:57: headers.X-Job has no value for {job} here, which comes with the answer of start",
        "13:60: find.where./a has no value for {job} here, which comes with the answer of start",
        "9:9: start.keep.tipo is also a parameter; choose another name",
      ])
  }

  @Test(
    "is told of each rule where it is broken",
    arguments: [
      ("start: {get: /a, post: /b}", ["2:8: start has get and post; a request has one method"]),
      ("start: {get: /a, body: {}}", ["2:24: start.body cannot be sent by get; use post or put"]),
      ("start: {get: /a, form: {a: b}}", ["2:24: start.form cannot be sent by get; use post or put"]),
      (
        "start: {post: /a, form: {}, body: []}",
        ["2:25: start.form cannot stand beside body: a request sends one of them"]
      ),
      ("start: {post: /a, body: text}", ["2:25: start.body must be a mapping or a list; it is sent as JSON"]),
      (
        "start: {post: /a, job: /id}",
        ["2:24: start.job is of no use: without look the answer of start is the end"]
      ),
      (
        "start: {post: /a, keep: {a: /a}}",
        ["2:25: start.keep is of no use: without look the answer of start is the end"]
      ),
      (
        "start: {post: /a}\ncancel: {post: /c}",
        ["3:9: cancel is of no use: without look the answer of start is the end"]
      ),
      (
        "start: {post: /a}\nresult: {get: /c}",
        ["3:9: result is of no use: without look the answer of start is the end"]
      ),
      (
        "start: {post: /a}\nfind: {get: /c, job: /id, where: {/m: '{mission_id}'}}",
        ["3:7: find is of no use: without look the answer of start is the end"]
      ),
      ("look: {get: '/a/{job}', status: /s, done: [A]}", ["1:1: start is missing"]),
      (
        "start: {post: /a}\nlook: {get: '/a/{job}', status: /s, done: [A]}",
        ["2:8: start.job is missing: look needs to know the job's id"]
      ),
      ("start: {post: /a, job: ''}\nlook: {get: '/a/{job}', status: ''}", ["3:7: look.done is missing"]),
      ("start: {post: /a, job: ''}\nlook: {get: '/a/{job}', done: [A]}", ["3:7: look.status is missing"]),
      (
        "start: {post: /a, job: ''}\nlook: {get: '/a/{job}', status: '', done: []}",
        ["3:43: look.done must list at least one status"]
      ),
      (
        "start: {post: /a, job: ''}\nlook: {get: '/a/{job}', status: '', done: [A, B], gone: [B], waiting: [A]}",
        [
          "3:43: look.done lists A, which waiting lists already",
          "3:57: look.gone lists B, which done lists already",
        ]
      ),
      ("start: {post: /a, query: [a]}", ["2:26: start.query must be a mapping of names to texts"]),
      ("start: {post: /a, query: {a: {file: none}}}", ["2:37: start.query.a.file: none does not exist"]),
    ])
  func rules(lines: String, problems: [String]) {
    #expect(Sections.read(Self.head + lines).problems == problems)
  }

  @Test(
    "is told of placeholders that are unknown, or not known yet",
    arguments: [
      (
        "start: {post: '/{job}', job: /id, keep: {set: /set}}\nlook: {get: '/{set}/{data}', status: /s, done: [A], keep: {data: /d}}",
        [
          "2:15: start.post has no value for {job} here, which comes with the answer of start",
          "3:13: look.get has no value for {data} here, which comes with the first look",
        ]
      ),
      (
        "start: {post: /, job: /id, keep: {set: /set}}\nlook: {get: '/{set}', status: /s, done: [A]}\nresult: {get: '/{set}'}\nfind: {get: /, job: /id, where: {/m: '{mission_id}'}, keep: {other: /o}}\ncancel: {post: '/{other}'}",
        [
          "3:13: look.get has no value for {set} here, which a job that find has found would not have: keep it in find, too",
          "4:15: result.get has no value for {set} here, which a job that find has found would not have: keep it in find, too",
          "6:16: cancel.post has no value for {other} here, which only a job that find has found would have: keep it in start, too",
        ]
      ),
      (
        "start: {post: /, job: /id, keep: {set: /set}}\nlook: {get: '/{job}', status: /s, done: [A], keep: {set: /set}}\nresult: {get: '/{set}'}\nfind: {get: /, job: /id, where: {/m: '{mission_id}'}}",
        []
      ),
      (
        "start: {post: /}\nhealth: {get: '/{mission_id}/{source}'}",
        ["3:15: health.get has an unknown placeholder {mission_id}; known here: {source}"]
      ),
      (
        "headers: {X-M: '{mission_id}', X-J: '{job}'}\nstart: {post: /, job: /id}\nlook: {get: '/{job}', status: /s, done: [A]}\nhealth: {get: /}",
        ["2:37: headers.X-J has no value for {job} here, which comes with the answer of start"]
      ),
      (
        "start: {post: /, job: /id}\nlook: {get: '/{job}', status: /s, done: [A]}\nfind: {get: /list, job: /id}",
        [
          "4:7: find must say whose job it looks for, with {mission_id} or {idempotency_key} in where, query or path"
        ]
      ),
    ])
  func placeholders(lines: String, problems: [String]) {
    #expect(Sections.read(Self.head + lines).problems == problems)
  }

  @Test("may not keep more than eight values, nor one under a parameter's name")
  func keep() {
    let names = (1...8).map { "k\($0): /k" }.joined(separator: ", ")
    let look = "\nlook: {get: '/{job}', status: /s, done: [A], keep: {tipo: /t}}"
    let text = Self.head + "start: {post: /, job: /id, keep: {\(names)}}" + look
    #expect(
      Sections.read(text, parameters: ["tipo"]).problems == [
        "3:52: look.keep.tipo is also a parameter; choose another name",
        "3:52: look.keep makes 9 kept values, and at most 8 are allowed",
      ])
  }

  @Test("never shows a secret")
  func masked() {
    let text =
      Self.head
      + "headers: {Authorization: \"Bearer ${APIFY_TOKEN} {job}\"}\nstart: {post: '/${APIFY_TOKEN}?'}"
    for problem in Sections.read(text).problems { #expect(!problem.contains("canary"), "\(problem)") }
  }
}
