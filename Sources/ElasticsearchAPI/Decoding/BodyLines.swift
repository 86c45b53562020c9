/// The lines of a newline-delimited body, each of which ends with a newline.
struct BodyLines<Body: RandomAccessCollection<UInt8>> {
    private var rest: Body.SubSequence
    private let request: String
    private(set) var number = 0

    /// - Parameter request: `bulk` or `msearch`, for what is said of a missing newline.
    init(_ body: Body.SubSequence, of request: String) {
        rest = body
        self.request = request
    }

    /// The next line without its newline, and its number from 1; nil at the end.
    mutating func next() throws(ElasticsearchError) -> (text: Body.SubSequence, number: Int)? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .illegalArgument("The \(request) request must be terminated by a newline [\\n]")
        }
        defer { rest = rest[rest.index(after: end)...] }
        number += 1
        return (rest[..<end], number)
    }
}

extension Collection<UInt8> {
    /// Whether a line says nothing.
    var isBlank: Bool { allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") } }
}
