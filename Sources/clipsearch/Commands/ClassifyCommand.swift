internal import ArgumentParser
internal import Files
internal import Foundation
internal import JSON
internal import Query

struct ClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Say of pictures which of some labels fits best, without training.",
        discussion: """
            The pictures are a folder's, or those of an index of a running node, whose model compares them with the labels. \
            Scores are a softmax over the labels: of all labels together 1, whatever is in the picture, so give one for the rest. \
            Examples: clipsearch classify ~/Pictures -l cat -l dog -l "something else" --prompt "a photo of a {}"; \
            clipsearch classify --index sample-images -l animal -l food -l vehicle
            """)

    @Argument(help: "The folder, instead of --index.")
    var folder: String?

    @Option(help: "The index.")
    var index: String?

    @Option(name: [.customShort("l"), .customLong("label")], help: "A label. To be given for each.")
    var labels: [String] = []

    @Option(help: "A text around labels, with {} where the label is to stand.")
    var prompt = "{}"

    @Option(help: "Which pictures of the index, in the syntax of query_string.")
    var query: String?

    @OptionGroup var node: NodeOptions

    @Option(help: "The model that compares. (default: the index's own; for a folder compact)")
    var model: String?

    @Option(help: "How many labels of each picture to show.")
    var top = 1

    @Flag(help: "Print a JSON object a picture.")
    var json = false

    func validate() throws {
        if (folder == nil) == (index == nil) { throw ValidationError("Give either a folder or --index.") }
        if labels.count < 2 || labels.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("Give two labels or more with -l.")
        }
        if Set(labels).count < labels.count { throw ValidationError("The labels must be different.") }
        if !prompt.contains("{}") { throw ValidationError("--prompt must hold {} where the label is to stand.") }
        if query != nil, index == nil { throw ValidationError("--query needs --index.") }
        if top < 1 { throw ValidationError("--top is 1 or more.") }
    }

    func run() async throws {
        let classifier = PictureClassifier(
            client: node.client(), model: model, labels: labels, prompt: prompt, top: top)
        var counts: [String: Int] = [:], table = TextTable(header: ["score", "label", "picture"]), failed = 0
        func take(_ result: PictureClassifier.Result) {
            if let best = result.scores.first { counts[best.label, default: 0] += 1 } else { failed += 1 }
            if json {
                print(String(decoding: Self.json(result).serialized(), as: UTF8.self))
                return
            }
            if let problem = result.problem {
                FileHandle.standardError.write(Data("\(result.picture): \(problem)\n".utf8))
            }
            for score in result.scores {
                table.rows.append([String(format: "%.3f", score.probability), score.label, result.picture])
            }
        }
        if let folder { try await classifier.classify(ImageFolder(path: folder), take) }
        if let index { try await classifier.classify(index: index, query: query, take) }
        if !json {
            print(table.text)
            print(labels.map { "\($0): \(counts[$0] ?? 0)" }.joined(separator: ", "))
        }
        if failed > 0 { throw ExitCode.failure }
    }

    private static func json(_ result: PictureClassifier.Result) -> JSONValue {
        var members: JSONMembers = ["picture": .string(result.picture)]
        if let best = result.scores.first {
            members["label"] = .string(best.label)
            members["score"] = .float(best.probability)
            members["top"] = .array(result.scores.map { ["label": .string($0.label), "score": .float($0.probability)] })
        }
        members["error"] = result.problem.map { .string($0) }
        return .object(members)
    }
}
