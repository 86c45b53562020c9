internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Tells clients that ask first (`Expect: 100-continue`, as curl does with large bodies) to send their body. Without an
/// answer they wait a second before they send it anyway.
///
/// Source: RFC 9110, section 10.1.1.
final class ContinueHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.headerFields[.expect]?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }
}
