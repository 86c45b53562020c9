internal import ElasticsearchAPI
internal import HTTPTypes
internal import Hummingbird
internal import Indices
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
    private let bodyMemory: BodyMemory
    let authentication: Authentication
    let logger: Logger
    let handler: @Sendable (Endpoint) -> Handler

    init(
        authentication: Authentication = Authentication(), bodyMemory: BodyMemory = BodyMemory(), logger: Logger,
        handler: @escaping @Sendable (Endpoint) -> Handler
    ) {
        self.authentication = authentication
        self.bodyMemory = bodyMemory
        self.logger = logger
        self.handler = handler
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let body = bodyMemory.reservation()
        defer { body.release() }
        let response = await response(to: request, body)
        logger.debug(
            "\(request.method) \(request.uri.string)",
            metadata: ["status": "\(response.status.code)", "took": "\(ContinuousClock.now - start)"])
        return response
    }

    private func response(to request: Request, _ body: BodyMemory.Reservation) async -> Response {
        var rendering = ResponseRendering(acceptsGzip: Self.acceptsGzip(request), isHead: request.method == .head)
        if let name = HTTPField.Name("X-Opaque-Id") { rendering.opaqueID = request.headers[name] }
        if request.method == .options { return options(request, &rendering) }
        let apiRequest: APIRequest
        do {
            apiRequest = try await accept(request, body, &rendering)
        } catch {
            let reply = errorReply(error, &rendering)
            return rendering.response(reply)
        }
        let handler = handler(apiRequest.endpoint)
        guard apiRequest.isShort else {
            return await withTaskExecutorPreference(globalConcurrentExecutor) {
                rendering.response(await answer(apiRequest, handler))
            }
        }
        let reply = await answer(apiRequest, handler)
        guard reply.isLarge else { return rendering.response(reply) }
        return await withTaskExecutorPreference(globalConcurrentExecutor) { rendering.response(reply) }
    }

    /// `OPTIONS`: which methods a path has.
    private func options(_ request: Request, _ rendering: inout ResponseRendering) -> Response {
        if let target = try? RequestTarget(request.uri.string),
            case .methodNotAllowed(let allowed) = router.route(method: "OPTIONS", segments: target.segments) {
            rendering.allowedMethods = allowed
        }
        return rendering.response(Reply(.text("")))
    }

    /// Everything that is checked before a handler sees the request.
    private func accept(
        _ request: Request, _ reservation: BodyMemory.Reservation, _ rendering: inout ResponseRendering
    ) async throws -> APIRequest {
        let target = try RequestTarget(request.uri.string)
        let client = try authentication.identity(request.headers[.authorization], path: target.path)
        rendering.options = try RenderingOptions(target.parameters)
        let match = try route(request.method.rawValue, request.uri.string, target)
        var body = try await RequestBodyReader(limit: Self.maximumBodyBytes, reservation: reservation).read(request)
        let negotiation = try ContentNegotiation(
            contentType: request.headers[.contentType], accept: request.headers[.accept], hasBody: body != nil,
            takesLines: [.bulk, .msearch, .msearchTemplate].contains(match.endpoint),
            takesPictures: match.endpoint.takesPictures)
        rendering.mediaType = negotiation.response
        if let given = body { body = try BodyFormat.json(given, negotiation.body) }
        // What the page is asked for stands in its address, for itself to read.
        let isPage = match.endpoint == .info && negotiation.prefersHTML
        let isOfVersion8 = negotiation.isOfVersion8
        // Which Elasticsearch 9 serves for older clients only.
        if match.endpoint == .knnSearch, !isOfVersion8 {
            throw FlatError.noHandler(uri: request.uri.string, method: request.method.rawValue)
        }
        if !isPage {
            try match.endpoint.specification.check(
                target.parameters, path: target.path, version8: isOfVersion8 ? match.endpoint.parametersOfVersion8 : [])
        }
        let deprecations = Deprecations(isOfVersion8: isOfVersion8)
        match.endpoint.note(target.parameters, in: deprecations)
        try match.endpoint.checkBody(isGiven: body != nil, method: request.method.rawValue, path: target.path)
        return APIRequest(
            endpoint: match.endpoint, path: target.path, captures: match.captures, parameters: target.parameters,
            body: body, negotiation: negotiation, options: rendering.options, ifNoneMatch: request.headers[.ifNoneMatch],
            client: client, deprecations: deprecations)
    }

    private func answer(_ request: APIRequest, _ handler: Handler) async -> Reply {
        let notices = Notices()
        var reply = await Deprecations.$current.withValue(request.deprecations) {
            await Notices.$current.withValue(notices) {
                do {
                    return try await handler(request)
                } catch {
                    return errorReply(error)
                }
            }
        }
        if request.options.isHuman, case .json(let value) = reply.body {
            reply.body = .json(HumanReadable.adding(to: value, of: request.endpoint))
        }
        reply.warnings += request.deprecations.all + notices.all.flatMap(\.warnings)
        return reply
    }

    private func route(_ method: String, _ uri: String, _ target: RequestTarget) throws(FlatError) -> Router.Match {
        switch router.route(method: method, segments: target.segments) {
        case .match(let match): return match
        case .methodNotAllowed(let allowed): throw .methodNotAllowed(uri: uri, method: method, allowed: allowed)
        case .notFound: throw .noHandler(uri: uri, method: method)
        }
    }

    /// - Parameter rendering: gets the headers that an error has.
    private func errorReply(_ error: any Error, _ rendering: inout ResponseRendering) -> Reply {
        if let flat = error as? FlatError { return flatReply(flat, &rendering) }
        if case .flat(let flat)? = error as? NegotiationError { return flatReply(flat, &rendering) }
        return errorReply(error)
    }

    private func errorReply(_ error: any Error) -> Reply {
        let known = ElasticsearchError(error)
        if known == nil, !(error is CancellationError) { logger.error("request failed unexpectedly", metadata: ["error": "\(error)"]) }
        let error = known ?? .internalError
        if error.status >= 500, known != nil {
            logger.warning("request failed", metadata: ["error": "\(error.cause.reason ?? error.cause.type)"])
        }
        return Reply(status: error.status, .error(error.json))
    }

    private func flatReply(_ error: FlatError, _ rendering: inout ResponseRendering) -> Reply {
        rendering.allowedMethods = error.allowedMethods
        return Reply(status: error.status, .error(error.json))
    }

    private static func acceptsGzip(_ request: Request) -> Bool {
        request.headers[.acceptEncoding]?.contains("gzip") ?? false
    }
}
