public import JSON

/// The errors that Elasticsearch writes before any handler runs: a string where other errors have an object.
public enum FlatError: Error, Equatable, Sendable {
    case noHandler(uri: String, method: String)
    case methodNotAllowed(uri: String, method: String, allowed: [String])
    case contentTypeMissing
    case contentTypeNotSupported(String)
    /// Where a picture's bytes are read, and nothing else; nil: the header is missing. Ours.
    case noPictureType(String?)

    public var status: Int {
        switch self {
        case .noHandler: 400
        case .methodNotAllowed: 405
        case .contentTypeMissing, .contentTypeNotSupported, .noPictureType: 406
        }
    }

    /// The methods for the `Allow` header.
    public var allowedMethods: [String] {
        switch self {
        case .methodNotAllowed(_, _, let allowed): allowed
        case .noHandler, .contentTypeMissing, .contentTypeNotSupported, .noPictureType: []
        }
    }

    public var json: JSONValue {
        switch self {
        case .noHandler(let uri, let method):
            ["error": "no handler found for uri [\(uri)] and method [\(method)]"]
        case .methodNotAllowed(let uri, let method, let allowed):
            [
                "error": .string(
                    "Incorrect HTTP method for uri [\(uri)] and method [\(method)], allowed: [\(allowed.joined(separator: ", "))]"),
                "status": 405,
            ]
        case .contentTypeMissing: ["error": "Content-Type header is missing", "status": 406]
        case .contentTypeNotSupported(let value): ["error": "Content-Type header [\(value)] is not supported", "status": 406]
        case .noPictureType(let value):
            [
                "error": .string(
                    (value.map { "Content-Type header [\($0)] is not supported here" } ?? "Content-Type header is missing")
                        + ": the body is a picture's bytes, sent as [image/jpeg], another [image/…] or [application/octet-stream]"),
                "status": 406,
            ]
        }
    }
}
