internal import Contents
internal import Inference
internal import JSON
internal import Mapping
internal import Query

/// Reads the values of one source field of a semantic field as what a model takes.
struct SemanticReading {
    let field: String
    let source: String
    let options: SemanticOptions
    let chunking: ChunkingSettings
    /// Bytes of a picture, at most.
    let longestBinary: Int

    /// - Throws: `SemanticFault`.
    func inputs(_ values: SemanticValues) throws(SemanticFault) -> [SemanticDocument.Input] {
        var inputs: [SemanticDocument.Input] = []
        for (index, value) in values.values {
            switch value {
            case .text(let text, let start):
                if text.allSatisfy(\.isWhitespace) { continue }
                let units = Array(text.utf16)
                for range in TextChunker(chunking).ranges(of: units) {
                    inputs.append(
                        input(
                            .text((start + range.lowerBound)..<(start + range.upperBound)),
                            .text(String(decoding: units[range], as: UTF16.self))))
                }
            case .object(let element):
                if let content = try content(of: element) { inputs.append(input(.input(index), content)) }
            }
        }
        return inputs
    }

    private func input(_ place: InferenceFields.Chunk.Place, _ content: InferenceContent) -> SemanticDocument.Input {
        SemanticDocument.Input(field: field, source: source, place: place, content: content)
    }

    /// `{"type": "image", "format": "base64", "value": "data:…", "description": …}`; nil: a text without words.
    private func content(of element: JSONElement) throws(SemanticFault) -> InferenceContent? {
        guard options.content == .any else { throw fault(.notText(element.kind.rawValue)) }
        guard let members = element.object else { throw fault(.missing(["type", "value"])) }
        for (key, _) in members where !["type", "format", "value", "description"].contains(key) { throw fault(.unknownKey(key)) }
        let missing = ["type", "value"].filter { members[$0]?.string == nil }
        guard let type = members["type"]?.string, let value = members["value"]?.string else { throw fault(.missing(missing)) }
        let format = members["format"]?.string
        if let format, format != "text", format != "base64" { throw fault(.unknownFormat(format)) }
        switch type {
        case "text":
            guard format != "base64" else { throw fault(.wrongFormat(type: type, format: "base64", supported: "text")) }
            return value.allSatisfy(\.isWhitespace) ? nil : .text(value)
        case "image":
            guard format != "text" else { throw fault(.wrongFormat(type: type, format: "text", supported: "base64")) }
            return .image(try picture(value, members["description"]?.string))
        case "audio", "video", "pdf": throw fault(.unsupportedType(type))
        default: throw fault(.unknownType(type))
        }
    }

    private func picture(_ text: String, _ description: String?) throws(SemanticFault) -> [UInt8] {
        // Four characters are three bytes: what is too long is not decoded.
        guard text.utf8.count / 4 * 3 <= longestBinary + DataURI.maximumHeaderLength else {
            throw fault(.tooLong(limit: longestBinary))
        }
        let bytes: [UInt8]
        do {
            bytes = try DataURI(text).bytes
        } catch {
            throw fault(.dataURI(error))
        }
        if bytes.isEmpty { throw fault(.emptyPayload) }
        guard bytes.count <= longestBinary else { throw fault(.tooLong(limit: longestBinary)) }
        if !options.retainsBinary, description == nil { throw fault(.descriptionMissing) }
        return bytes
    }

    private func fault(_ problem: SemanticFault.Problem) -> SemanticFault {
        SemanticFault(field: field, source: source, problem: problem)
    }
}
