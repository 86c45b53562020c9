internal import ElasticsearchAPI

/// Why a picture is not fetched.
enum PictureFetchError: Error, Equatable {
    /// The node's owner allows no URLs at all.
    case off
    case malformedURL
    case schemeNotAllowed(String)
    case credentials
    /// The host is not on the list of the node's owner.
    case hostNotAllowed(String)
    case hostNotFound(String)
    /// The host's name leads to an address that is not of the public internet.
    case addressNotPublic(host: String)
    case tooManyRedirections(limit: Int)
    case badStatus(Int)
    case tooLong(limit: Int)
    case timedOut
    case connectionFailed(host: String)

    /// What a client is told: of what is inside the node's network, nothing.
    var reason: String {
        switch self {
        case .off: "pictures are not fetched from URLs: [pictures.allowed_hosts] of the node's settings is empty"
        case .malformedURL: "the URL of the picture cannot be read"
        case .schemeNotAllowed(let scheme): "pictures are fetched by [http] and [https] only, not by [\(scheme)]"
        case .credentials: "a picture's URL must not have credentials in it"
        case .hostNotAllowed(let host): "[\(host)] is not listed in [pictures.allowed_hosts] of the node's settings"
        case .hostNotFound(let host): "[\(host)] has no address"
        case .addressNotPublic(let host): "[\(host)] does not lead to a public address"
        case .tooManyRedirections(let limit): "the picture's URL leads to more than [\(limit)] others"
        case .badStatus(let status): "the picture's host answered with status [\(status)]"
        case .tooLong(let limit): "the picture is longer than [\(limit)] bytes"
        case .timedOut: "the picture did not come in time"
        case .connectionFailed(let host): "[\(host)] cannot be connected to"
        }
    }

    var response: ElasticsearchError { .illegalArgument(reason) }
}
