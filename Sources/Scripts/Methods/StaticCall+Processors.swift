internal import Foundation
internal import JSON

/// `Processors`: what the processors of pipelines do, as functions.
extension StaticCall {
    func processors() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("bytes", 1): return .long(try Self.bytes(try text(0)))
        case ("lowercase", 1): return try run.makeString(try text(0).lowercased())
        case ("uppercase", 1): return try run.makeString(try text(0).uppercased())
        case ("urlDecode", 1):
            let text = try text(0)
            return try run.makeString(text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? text)
        case ("json", 1): return try parsed(try text(0))
        case ("json", 2):
            guard case .map(let map) = arguments[0] else { throw .cannotCast(from: arguments[0].typeName, to: "java.util.Map") }
            guard let source = map[try ScriptMap.Key(arguments[1])], case .map(let members) = try parsed(try source.text(run.budget))
            else { throw .thrown(type: "IllegalArgumentException", message: "cannot add non-map fields to root of document") }
            for (key, value) in members.pairs { try run.put(key, value, in: map) }
            return .null
        default: return nil
        }
    }

    private func parsed(_ text: String) throws(ScriptFault) -> ScriptValue {
        guard let document = try? JSONDocument(parsing: text) else {
            throw .thrown(type: "IllegalArgumentException", message: "Unrecognized token or malformed JSON in [\(text.prefix(100))]")
        }
        // A number takes some forty times the bytes that it is written in.
        try run.budget.charge(bytes: 40 * text.utf8.count)
        return ScriptValue(JSONValue(document.root))
    }

    private static func bytes(_ text: String) throws(ScriptFault) -> Int64 {
        let lower = text.lowercased().trimmingCharacters(in: .whitespaces)
        for (suffix, shift) in [("kb", 10), ("mb", 20), ("gb", 30), ("tb", 40), ("pb", 50), ("b", 0)] where lower.hasSuffix(suffix) {
            guard let number = Double(lower.dropLast(suffix.utf8.count).trimmingCharacters(in: .whitespaces)), number >= 0,
                let count = Int64(exactly: (number * Double(Int64(1) << shift)).rounded(.down))
            else { break }
            return count
        }
        throw .thrown(
            type: "IllegalArgumentException",
            message: "failed to parse setting [Ingest Field] with value [\(text)] as a size in bytes: unit is missing or unrecognized")
    }
}
