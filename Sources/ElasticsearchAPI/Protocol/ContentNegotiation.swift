/// What a request's `Content-Type` and `Accept` agree on.
public struct ContentNegotiation: Equatable, Sendable {
    /// The form of what is answered.
    public let response: MediaType
    /// The form of the body.
    public let body: MediaType.Format
    /// Whether text tables (`_cat`) are asked for as JSON.
    public let prefersJSON: Bool
    /// Whether a page is wanted rather than data: a browser asks.
    public let prefersHTML: Bool
    /// Whether the client is one of Elasticsearch 8, and what has changed since is to be as it was.
    public let isOfVersion8: Bool
    /// The `Accept` header as it was sent, for what has types of its own.
    public let accept: String?

    /// - Parameters:
    ///   - contentType: the header; ignored unless there is a body.
    ///   - accept: the header. Types that Elasticsearch does not know, and lists, mean JSON.
    ///   - takesLines: the endpoint reads newline-delimited JSON.
    ///   - takesPictures: the endpoint reads a picture's bytes, and nothing else.
    /// - Throws: `NegotiationError`.
    public init(
        contentType: String?, accept: String?, hasBody: Bool, takesLines: Bool, takesPictures: Bool = false
    ) throws(NegotiationError) {
        self.accept = accept
        let accepted = accept.flatMap { MediaType($0) }
        isOfVersion8 = accepted?.compatibleWith == 8
        prefersHTML = AcceptedTypes(accept ?? "").prefers("text/html", to: "application/json")
        var given: MediaType?
        if hasBody {
            guard let contentType, !contentType.isEmpty else { throw .flat(takesPictures ? .noPictureType(nil) : .contentTypeMissing) }
            if takesPictures {
                // Not what a form of another site could send without being asked: those types need no leave.
                let type = contentType.lowercased()
                guard type.hasPrefix("image/") || type.hasPrefix("application/octet-stream") else {
                    throw .flat(.noPictureType(contentType))
                }
                try Self.check(accepted, "Accept", accept)
                (response, prefersJSON) = (accepted?.format == .json ? accepted ?? .json : .json, false)
                body = .json
                return
            }
            given = MediaType(contentType)
            switch given?.format {
            case .json: break
            case .yaml, .cbor: if takesLines { throw .flat(.contentTypeNotSupported(contentType)) }
            case .newlineDelimitedJSON where takesLines: break
            case .newlineDelimitedJSON, .text, nil: throw .flat(.contentTypeNotSupported(contentType))
            }
        }
        try Self.check(accepted, "Accept", accept)
        try Self.check(given, "Content-Type", contentType)
        if hasBody, accepted?.compatibleWith != given?.compatibleWith {
            throw .error(
                Self.headerError(
                    "A compatible version is required on both Content-Type and Accept headers if either one has requested a "
                        + "compatible version and the compatible versions must match. "
                        + "Accept=\(accept ?? "null"), Content-Type=\(contentType ?? "null")"))
        }
        body = given?.format ?? .json
        switch accepted?.format {
        case .json, .yaml, .cbor: (response, prefersJSON) = (accepted ?? .json, true)
        // Who writes a form can read it.
        case .newlineDelimitedJSON, .text, nil:
            (response, prefersJSON) = (body.isStructured ? .init(format: body, compatibleWith: nil) : .json, false)
        }
    }

    private static func check(_ type: MediaType?, _ header: String, _ value: String?) throws(NegotiationError) {
        guard let version = type?.compatibleWith, !MediaType.compatibleVersions.contains(version) else { return }
        let versions = MediaType.compatibleVersions.reversed().map(String.init).joined(separator: " or ")
        throw .error(
            headerError("\(header) version must be either version \(versions), but found \(version). \(header)=\(value ?? "")"))
    }

    private static func headerError(_ reason: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "media_type_header_exception", reason)
    }
}

/// Why headers do not go together.
public enum NegotiationError: Error, Equatable, Sendable {
    case flat(FlatError)
    case error(ElasticsearchError)
}
