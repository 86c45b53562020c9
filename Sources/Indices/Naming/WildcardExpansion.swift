/// Which indices patterns with `*` stand for.
public struct WildcardExpansion: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let open = WildcardExpansion(rawValue: 1)
    public static let closed = WildcardExpansion(rawValue: 2)
    /// Also those whose setting `index.hidden` is true, and hidden aliases.
    public static let hidden = WildcardExpansion(rawValue: 4)
    public static let all: WildcardExpansion = [.open, .closed, .hidden]
}
