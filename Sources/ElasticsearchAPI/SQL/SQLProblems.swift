internal import SQL

/// What is wrong with a statement that can be read.
struct SQLProblems {
    /// More are only counted as more: each takes a look at all fields.
    private static let maximum = 32

    private var lines: [String] = []

    var isEmpty: Bool { lines.isEmpty }

    var isFull: Bool { lines.count > Self.maximum }

    mutating func add(_ source: SQLSource, _ reason: String) {
        let line = "line \(source.line):\(source.column): \(reason)"
        if !isFull, !lines.contains(line) { lines.append(line) }
    }

    /// - Throws: `verification_exception`, if there is anything.
    func check() throws(ElasticsearchError) {
        guard !lines.isEmpty else { return }
        let shown = lines.prefix(Self.maximum)
        throw ElasticsearchError(
            status: 400, "verification_exception",
            "Found \(isFull ? "more than " : "")\(shown.count) problem\(shown.count > 1 ? "s" : "")\n" + shown.joined(separator: "\n"))
    }
}
