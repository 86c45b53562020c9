/// `_source` in a mapping: which parts of a document are stored as sent.
public struct SourceMapping: Equatable, Sendable {
    public var isEnabled: Bool
    /// Patterns of dotted paths with `*`; empty: everything.
    public var includes: [String]
    public var excludes: [String]

    /// `mode`, echoed; sources are stored as sent whatever it says. Nil: not set.
    public var mode: String?

    public init(isEnabled: Bool = true, includes: [String] = [], excludes: [String] = []) {
        self.isEnabled = isEnabled
        self.includes = includes
        self.excludes = excludes
    }

    /// Whether documents are stored byte for byte as they came.
    public var isWhole: Bool { isEnabled && includes.isEmpty && excludes.isEmpty }
}
