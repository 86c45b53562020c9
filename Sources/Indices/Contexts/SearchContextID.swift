internal import JSON

/// What keeps the documents of a moment for later requests.
public enum SearchContextKind: String, Sendable {
    case scroll
    case pointInTime = "point in time"
}

/// The id of a scroll or a point in time, as clients hand it around: its kind, number and a secret, in URL-safe Base64's letters.
struct SearchContextID: Hashable, Sendable {
    let kind: SearchContextKind
    let number: Int
    /// Makes ids of other nodes, and of this one before its last start, unknown.
    let secret: String

    private static let separator: Character = "-"

    init(kind: SearchContextKind, number: Int, secret: String) {
        self.kind = kind
        self.number = number
        self.secret = secret
    }

    /// Nil for a text that is no such id.
    init?(_ text: String, kind: SearchContextKind) {
        let parts = text.split(separator: Self.separator, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix(kind), let number = Int(parts[1], radix: 36), number > 0,
            !parts[2].isEmpty, parts[2].utf8.count <= 64
        else { return nil }
        self.init(kind: kind, number: number, secret: String(parts[2]))
    }

    var text: String {
        "\(Self.prefix(kind))\(Self.separator)\(String(number, radix: 36))\(Self.separator)\(secret)"
    }

    private static func prefix(_ kind: SearchContextKind) -> String {
        switch kind {
        case .scroll: "FGluY2x1ZGVfY29udGV4dF91dWlk"
        case .pointInTime: "46ToAwMDaWR5BXV1aWQy"
        }
    }
}
