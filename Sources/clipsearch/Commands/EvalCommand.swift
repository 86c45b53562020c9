internal import ArgumentParser
internal import Foundation
internal import JSON

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well an index answers queries whose good answers are known.",
        discussion: """
            The file holds a JSON object a line: "words" or "image" (a path from the file's folder), and "relevant" (a list of \
            pictures) or "ratings" (an object of pictures and whole numbers, greater for better ones). Pictures are named by id, \
            relative path or file name. Run it on indices of two models to compare them on your own pictures.
            """)

    @OptionGroup var measured: LabelledQueryOptions

    @Option(name: .customShort("k"), help: "How many hits of each query are looked at.")
    var k = 10

    @Flag(help: "Print JSON, with every query's scores.")
    var json = false

    func validate() throws {
        if !(1...10_000).contains(k) { throw ValidationError("-k is 1 to 10000.") }
    }

    func run() async throws {
        let labelled = try LabelledQuery.read(measured.queries)
        let evaluator = RankingEvaluator(
            client: measured.node.client(), index: measured.index, field: measured.field, model: measured.model, k: k)
        let missing = try await evaluator.missing(labelled)
        var scores: [RankingEvaluator.Scores] = []
        for query in labelled { scores.append(try await evaluator.scores(of: query)) }
        if json {
            print(String(decoding: report(labelled, scores, missing).serialized(), as: UTF8.self))
        } else {
            printText(labelled, scores, missing)
        }
    }

    private func mean(_ scores: [RankingEvaluator.Scores], _ value: (RankingEvaluator.Scores) -> Double) -> Double {
        scores.reduce(0) { $0 + value($1) } / Double(max(1, scores.count))
    }

    private func report(_ queries: [LabelledQuery], _ scores: [RankingEvaluator.Scores], _ missing: [String]) -> JSONValue {
        func members(_ recall: Double, _ reciprocal: Double, _ gain: Double) -> JSONMembers {
            ["recall": .double(recall), "mrr": .double(reciprocal), "ndcg": .double(gain)]
        }
        var report = members(mean(scores, \.recall), mean(scores, \.reciprocalRank), mean(scores, \.normalizedGain))
        report["k"] = .int(k)
        report["missing"] = .array(missing.map { .string($0) })
        report["queries"] = .array(
            zip(queries, scores).map { query, score in
                var entry = members(score.recall, score.reciprocalRank, score.normalizedGain)
                entry["query"] = .string(query.content.text)
                return .object(entry)
            })
        return .object(report)
    }

    private func printText(_ queries: [LabelledQuery], _ scores: [RankingEvaluator.Scores], _ missing: [String]) {
        func row(_ name: String, _ recall: Double, _ reciprocal: Double, _ gain: Double) -> [String] {
            [String(format: "%.3f", recall), String(format: "%.3f", reciprocal), String(format: "%.3f", gain), name]
        }
        var table = TextTable(header: ["recall@\(k)", "mrr@\(k)", "ndcg@\(k)", "query"])
        table.rows.append(
            row("mean of \(queries.count)", mean(scores, \.recall), mean(scores, \.reciprocalRank), mean(scores, \.normalizedGain)))
        let worst = zip(queries, scores).sorted { $0.1.normalizedGain < $1.1.normalizedGain }.prefix(Self.worstCount)
        for (query, score) in worst {
            table.rows.append(row(query.content.text, score.recall, score.reciprocalRank, score.normalizedGain))
        }
        print(table.text)
        if let first = missing.first {
            print("\(missing.count) labelled pictures are not in the index and cannot be found, \(first) among them.")
        }
    }

    /// Queries that went worst, shown below the mean.
    private static let worstCount = 5
}

extension QueryContent {
    fileprivate var text: String {
        switch self {
        case .words(let words): words
        case .image(let path): path
        }
    }
}
