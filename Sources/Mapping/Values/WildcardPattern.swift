/// A pattern in which `*` stands for any run of characters.
public struct WildcardPattern: Sendable {
    private let pattern: [UInt8]

    public init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// Whether the whole of `text` matches.
    ///
    /// - Complexity: O(*n* · *m*) at worst: on a mismatch only the last `*` takes more.
    public func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var position = 0
        var index = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if index < pattern.count, pattern[index] == UInt8(ascii: "*") {
                star = (index, position)
                index += 1
            } else if index < pattern.count, pattern[index] == text[position] {
                index += 1
                position += 1
            } else if let last = star {
                index = last.pattern + 1
                position = last.text + 1
                star = (last.pattern, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
