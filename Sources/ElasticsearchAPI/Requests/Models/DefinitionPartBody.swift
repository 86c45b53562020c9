internal import FoundationEssentials
public import Inference
internal import JSON

extension DefinitionPart {
    /// As in Elasticsearch.
    private static let maximumCount = 10_000

    private enum Key: String, BodyKey {
        case definition
        case totalDefinitionLength = "total_definition_length"
        case totalParts = "total_parts"
    }

    /// - Parameter number: as the URL has it.
    public init(number: String, body: some Collection<UInt8>) throws(ElasticsearchError) {
        guard let number = Int32(number) else { throw .illegalArgument("For input string: \"\(number)\"") }
        var content: [UInt8]?, length = 0, count = 0
        (content, length, count) = try JSONBody.decode(body) { (root) throws(ParseError) in
            var content: [UInt8]?, length = 0, count = 0
            for (key, field) in try root.fields(Key.self, of: .object("put_trained_model_part_action")) {
                switch key {
                case .definition:
                    guard let data = Data(base64Encoded: try field.string()) else {
                        throw ParseError(
                            .content, "[put_trained_model_part_action] failed to parse field [definition]", at: field.path)
                    }
                    content = [UInt8](data)
                case .totalDefinitionLength:
                    guard let value = field.element.int else { throw field.unexpected }
                    length = value
                case .totalParts: count = try field.int()
                }
            }
            return (content, length, count)
        }
        guard let content else { throw .illegalArgument("[definition] must not be null.") }
        var violations: [String] = []
        if number < 0 { violations.append("[part] must be greater or equal to 0") }
        if count <= 0 { violations.append("[total_parts] must be greater than 0") }
        if count > Self.maximumCount {
            violations.append("[total_parts] must be less than or equal to \(Self.maximumCount)")
        }
        if length <= 0 { violations.append("[total_definition_length] must be greater than 0") }
        if number >= count { violations.append("[part] must be less than total_parts") }
        if !violations.isEmpty { throw .validation(violations) }
        self.init(number: Int(number), count: count, totalLength: length, bytes: content)
    }
}
