internal import Mapping

extension Planner {
    /// A query's words as a field cuts them, or as another analyzer does.
    func tokens(
        of text: String, in field: FieldMapping, analyzer: String?, isPhrase: Bool
    ) throws(PlanningError) -> [IndexedText.Token] {
        field.searchTokens(of: text)
    }
}
