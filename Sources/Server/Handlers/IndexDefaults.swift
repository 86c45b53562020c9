internal import Indices

/// What an endpoint takes index names to mean where its request does not say.
struct IndexDefaults {
    var ignoresUnavailable = false
    var allowsNone = true
    var expansion: WildcardExpansion = .open
    var takesClosed = false
    var takesAliases = true

    /// Searching, and what is done to shards.
    static let open = IndexDefaults()
    /// What is read from or done to metadata.
    static let metadata = IndexDefaults(takesClosed: true)
    static let openOrClosed = IndexDefaults(expansion: [.open, .closed], takesClosed: true)
    static let everything = IndexDefaults(expansion: .all, takesClosed: true)
    /// What changes metadata, and does nothing where nothing is found.
    static let changing = IndexDefaults(allowsNone: false, expansion: [.open, .closed], takesClosed: true)
}
