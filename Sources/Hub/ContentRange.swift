/// Which bytes an answer with status 206 holds.
///
/// Source: RFC 9110, section 14.4.
struct ContentRange: Equatable {
    /// The first byte's position.
    let start: Int
    /// The size of the whole; nil if the server does not know it.
    let size: Int?

    /// Parses `bytes 5-9/10`.
    init?(_ value: String) {
        let parts = value.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let sides = parts[1].split(separator: "/")
        let range = sides.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard sides.count == 2, range.count == 2, let start = Int(range[0]), let end = Int(range[1]), start >= 0,
            start <= end
        else { return nil }
        if sides[1] != "*" {
            guard let size = Int(sides[1]), end < size else { return nil }
            self.size = size
        } else {
            size = nil
        }
        self.start = start
    }
}
