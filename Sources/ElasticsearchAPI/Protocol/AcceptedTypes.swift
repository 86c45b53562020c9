/// An `Accept` header as a list of types with weights (RFC 9110, 12.5.1).
struct AcceptedTypes {
    private let entries: [(type: Substring, weight: Double)]

    init(_ header: String) {
        entries = header.split(separator: ",").map { entry in
            let parts = entry.split(separator: ";").map(\.trimmingSpaces)
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (parts.first.map { Substring($0.lowercased()) } ?? "", weight ?? 1)
        }
    }

    /// Whether `type` is named, and liked better than `other`, be that named or covered by a wildcard.
    func prefers(_ type: String, to other: String) -> Bool {
        guard let weight = entries.first(where: { $0.type == type })?.weight, weight > 0 else { return false }
        return weight > self.weight(of: other)
    }

    private func weight(of type: String) -> Double {
        let wildcard = type.prefix { $0 != "/" } + "/*"
        for pattern in [type[...], wildcard[...], "*/*"] {
            if let entry = entries.first(where: { $0.type == pattern }) { return entry.weight }
        }
        return 0
    }
}
