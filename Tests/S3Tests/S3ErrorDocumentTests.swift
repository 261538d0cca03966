import Testing

@testable import S3

@Suite(.timeLimit(.minutes(5))) struct S3ErrorDocumentTests {
  @Test("AWS's document is read")
  func amazon() {
    let document = S3ErrorDocument(
      Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- <Error><Code>Not</Code></Error> -->
        <Error><Code>NoSuchBucket</Code><Message>The &quot;bucket&quot; &lt;x&gt; isn&#39;t &#x41; &amp;amp; &bad; there</Message>
        <BucketName>b</BucketName><RequestId>4442587FB7D0A2F9</RequestId><Resource/></Error>
        """.utf8))
    #expect(document?.code == "NoSuchBucket")
    #expect(document?.message == "The \"bucket\" <x> isn't A &amp; &bad; there")
    #expect(document?.requestID == "4442587FB7D0A2F9")
  }

  @Test("namespaces, attributes and CDATA do not matter")
  func namespaces() {
    let document = S3ErrorDocument(
      Array(
        "<s3:Error xmlns:s3='x'><s3:Code a=\"1\">SlowDown</s3:Code><s3:Message><![CDATA[a <b> & c]]></s3:Message></s3:Error>"
          .utf8))
    #expect(document?.code == "SlowDown")
    #expect(document?.message == "a <b> & c")
  }

  @Test("what is no error document is none")
  func others() {
    for text in ["", "<", "not xml", "<html><Code>x</Code></html>", "<Errors/>", "<CopyObjectResult/>", "{}"]
    {
      #expect(S3ErrorDocument(Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("a document that breaks off anywhere is read as far as it goes")
  func truncated() {
    let whole = Array("<Error><Code>NoSuchKey</Code><Message>a&#1114112;b&</Message></Error>".utf8)
    for length in 7..<whole.count {
      let document = S3ErrorDocument(Array(whole[..<length]))
      #expect(document != nil)
      if length >= 29 { #expect(document?.code == "NoSuchKey") }
    }
  }

  @Test("values and documents are bounded")
  func bounded() {
    let long = String(repeating: "a", count: 100_000)
    let document = S3ErrorDocument(Array("<Error><Code>\(long)</Code><Message>x</Message></Error>".utf8))
    #expect(document?.code.utf8.count == 2048)
    #expect(document?.message == "")
  }
}
