internal import SQL

/// What is wrong with a statement that can be read.
struct SQLProblems {
    private var lines: [String] = []

    var isEmpty: Bool { lines.isEmpty }

    mutating func add(_ source: SQLSource, _ reason: String) {
        let line = "line \(source.line):\(source.column): \(reason)"
        if !lines.contains(line) { lines.append(line) }
    }

    /// - Throws: `verification_exception`, if there is anything.
    func check() throws(ElasticsearchError) {
        guard !lines.isEmpty else { return }
        throw ElasticsearchError(
            status: 400, "verification_exception",
            "Found \(lines.count) problem\(lines.count > 1 ? "s" : "")\n" + lines.joined(separator: "\n"))
    }
}
