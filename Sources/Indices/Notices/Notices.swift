internal import Synchronization

/// What a client should be told of a request that was carried out: a fact, not an error.
public enum Notice: Equatable, Sendable {
    /// An index that is not hidden and whose name is one for hidden ones.
    case dottedName(String)
    /// Only the older kind of template can have several that match.
    case severalLegacyTemplates(index: String, templates: [String])
    /// A template of the newer kind, which counts where older ones match too.
    case templateHidesOlder(name: String, patterns: [String], older: [Template])
    /// A template of the older kind that may not count where newer ones match too.
    case olderTemplateMayBeHidden(name: String, patterns: [String], newer: [Template])

    /// A template that is told of.
    public struct Template: Equatable, Sendable {
        public var name: String
        public var patterns: [String]
    }
}

/// Collects the notices of one request, wherever they come up.
public final class Notices: Sendable {
    @TaskLocal public static var current: Notices?

    private let notices = Mutex<[Notice]>([])

    public init() {}

    /// In the order in which they came up, each once.
    public var all: [Notice] { notices.withLock { $0 } }

    static func add(_ notice: Notice) {
        current?.notices.withLock { notices in
            if !notices.contains(notice) { notices.append(notice) }
        }
    }
}
