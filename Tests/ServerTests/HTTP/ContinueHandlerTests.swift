import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

@Suite struct ContinueHandlerTests {
    private func head(expecting expectation: String?) -> HTTPRequestPart {
        var head = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/_bulk")
        head.headerFields[.expect] = expectation
        return .head(head)
    }

    @Test(arguments: ["100-continue", "100-Continue"])
    func aClientThatAsksIsAnswered(expectation: String) throws {
        let channel = EmbeddedChannel(handler: ContinueHandler())
        try channel.writeInbound(head(expecting: expectation))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .head(HTTPResponse(status: .continue)))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == head(expecting: expectation))
    }

    @Test(arguments: [nil, "something else"])
    func othersAreNot(expectation: String?) throws {
        let channel = EmbeddedChannel(handler: ContinueHandler())
        try channel.writeInbound(head(expecting: expectation))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
        #expect(try channel.readInbound(as: HTTPRequestPart.self) != nil)
    }
}
