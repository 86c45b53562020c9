internal import ElasticsearchAPI
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import Logging
internal import NIOCore

/// Answers every request: finds its handler, hands it a checked request, and turns what comes back into HTTP.
struct APIResponder: HTTPResponder {
    typealias Context = BasicRequestContext
    typealias Handler = @Sendable (APIRequest) async throws -> Reply

    /// Elasticsearch's `http.max_content_length`.
    static let maximumBodyBytes = 100 * 1024 * 1024

    private let router = Router()
    let authentication: Authentication
    let logger: Logger
    let handler: @Sendable (Endpoint) -> Handler

    init(
        authentication: Authentication = Authentication(), logger: Logger,
        handler: @escaping @Sendable (Endpoint) -> Handler
    ) {
        self.authentication = authentication
        self.logger = logger
        self.handler = handler
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        var rendering = ResponseRendering(acceptsGzip: Self.acceptsGzip(request), isHead: request.method == .head)
        let reply = await reply(to: request, &rendering)
        let response = rendering.response(reply)
        logger.debug(
            "\(request.method) \(request.uri.string)",
            metadata: ["status": "\(response.status.code)", "took": "\(ContinuousClock.now - start)"])
        return response
    }

    private func reply(to request: Request, _ rendering: inout ResponseRendering) async -> Reply {
        do {
            let target = try RequestTarget(request.uri.string)
            rendering.options = try RenderingOptions(target.parameters)
            try authentication.check(request.headers[.authorization], path: target.path)
            let match = try route(request.method.rawValue, request.uri.string, target)
            let body = try await RequestBodyReader(limit: Self.maximumBodyBytes).read(request)
            let specification = match.endpoint.specification
            let negotiation = try ContentNegotiation(
                contentType: request.headers[.contentType], accept: request.headers[.accept], hasBody: body != nil,
                takesLines: match.endpoint == .bulk)
            rendering.mediaType = negotiation.response
            try specification.check(target.parameters, path: target.path)
            try match.endpoint.checkBody(isGiven: body != nil, method: request.method.rawValue, path: target.path)
            let apiRequest = APIRequest(
                endpoint: match.endpoint, path: target.path, captures: match.captures, parameters: target.parameters,
                body: body, negotiation: negotiation)
            let handler = handler(match.endpoint)
            if apiRequest.isShort { return try await handler(apiRequest) }
            return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await handler(apiRequest) }
        } catch {
            return errorReply(error, &rendering)
        }
    }

    private func route(_ method: String, _ uri: String, _ target: RequestTarget) throws(FlatError) -> Router.Match {
        switch router.route(method: method, segments: target.segments) {
        case .match(let match): return match
        case .methodNotAllowed(let allowed): throw .methodNotAllowed(uri: uri, method: method, allowed: allowed)
        case .notFound: throw .noHandler(uri: uri, method: method)
        }
    }

    private func errorReply(_ error: any Error, _ rendering: inout ResponseRendering) -> Reply {
        if let flat = error as? FlatError { return flatReply(flat, &rendering) }
        if case .flat(let flat)? = error as? NegotiationError { return flatReply(flat, &rendering) }
        let known = ElasticsearchError(error)
        if known == nil { logger.error("request failed unexpectedly", metadata: ["error": "\(error)"]) }
        let error = known ?? .internalError
        if error.status >= 500, known != nil { logger.warning("request failed", metadata: ["error": "\(error.cause)"]) }
        return Reply(status: error.status, .json(error.json))
    }

    private func flatReply(_ error: FlatError, _ rendering: inout ResponseRendering) -> Reply {
        rendering.allowedMethods = error.allowedMethods
        return Reply(status: error.status, .json(error.json))
    }

    private static func acceptsGzip(_ request: Request) -> Bool {
        request.headers[.acceptEncoding]?.contains("gzip") ?? false
    }
}
