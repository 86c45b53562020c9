internal import Analysis
internal import ArgumentParser
internal import Files
internal import Foundation

struct BenchAnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "How fast analyzers cut text into terms, on one thread.",
        discussion: """
            Without --text the text is made up: English words, or for --script japanese Japanese ones, in values of a few \
            hundred bytes. The best of several rounds.
            """)

    @Option(help: "A file of text; every line is a value.")
    var text: String?

    @Option(help: "What made-up text is written in: latin or japanese.")
    var script = "latin"

    @Option(name: .customLong("analyzer"), help: "Analyzers by name.")
    var analyzers = ["standard", "english", "simple", "whitespace", "cjk"]

    @Option(help: "Rounds, of which the best counts.")
    var rounds = 20

    func validate() throws {
        guard rounds >= 1, ["latin", "japanese"].contains(script) else {
            throw ValidationError("--rounds must be at least 1, --script latin or japanese")
        }
    }

    func run() async throws {
        let values = try text.map(Self.lines) ?? Self.madeUp(script)
        let bytes = values.reduce(0) { $0 + $1.utf8.count }
        var table = TextTable(header: ["analyzer", "MB/s", "tokens", "ns/token"])
        for name in analyzers {
            guard let analyzer = AnalysisRegistry.standard.analyzer(name) else {
                throw ValidationError("there is no analyzer \(name)")
            }
            var best = Double.infinity, tokens = 0
            for _ in 0..<rounds {
                let start = ContinuousClock.now
                tokens = 0
                for value in values { tokens += try analyzer.tokens(of: value).count }
                let time = (ContinuousClock.now - start) / .seconds(1)
                best = min(best, time)
            }
            table.rows.append([
                name, String(format: "%.1f", Double(bytes) / best / 1e6), String(tokens),
                String(format: "%.0f", best / Double(max(1, tokens)) * 1e9),
            ])
        }
        print("\(values.count) values of \(bytes) bytes")
        print(table.text)
    }

    private static func lines(of path: String) throws -> [String] {
        String(decoding: try File.contents(of: path), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func madeUp(_ script: String) -> [String] {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let words =
            script == "latin"
            ? "the of and a photograph showing mountain river city People walking with dogs near Bridge in winter, evening. It's bright"
                .split(separator: " ").map(String.init)
            : ["写真", "の", "山", "と", "川", "カメラ", "夕方、", "東京", "を", "歩く", "人々。", "犬"]
        return (0..<4000).map { _ in
            (0..<60).map { _ in words[next(words.count)] }.joined(separator: script == "latin" ? " " : "")
        }
    }
}
