internal import JSON
internal import Mapping

extension RuntimeFields {
    /// A `runtime_mappings` member.
    init(_ field: Field) throws(ParseError) {
        do {
            try self.init(decoding: field.element)
        } catch {
            throw ParseError(.other("mapper_parsing_exception", [:]), error.reason, at: field.path)
        }
    }
}
