internal import Indices
internal import Synchronization

/// Collects what is deprecated of one request, wherever it is read; the answer's `Warning` headers say it.
public final class Deprecations: Sendable {
    @TaskLocal public static var current: Deprecations?

    /// Whether the client is one of Elasticsearch 8.
    public let isOfVersion8: Bool
    private let texts = Mutex<[String]>([])

    public init(isOfVersion8: Bool = false) {
        self.isOfVersion8 = isOfVersion8
    }

    /// Whether the request that is carried out is of such a client.
    public static var isOfVersion8: Bool { current?.isOfVersion8 ?? false }

    /// In the order in which they came up, each once.
    public var all: [String] { texts.withLock { $0 } }

    /// Adds to what is said of the request that is being answered, if one is.
    public static func add(_ text: String) { current?.add(text) }

    /// Adds a text once.
    public func add(_ text: String) {
        texts.withLock { texts in
            if !texts.contains(text) { texts.append(text) }
        }
    }
}
