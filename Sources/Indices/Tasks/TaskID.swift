/// The id of a task: the node's, and a number.
public struct TaskID: Hashable, Sendable, CustomStringConvertible {
    public var nodeID: String
    public var number: Int

    public init(nodeID: String, number: Int) {
        self.nodeID = nodeID
        self.number = number
    }

    /// Nil for a text that is not `node:number`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let number = Int(text[text.index(after: colon)...]), number >= 0 else {
            return nil
        }
        self.init(nodeID: String(text[..<colon]), number: number)
    }

    public var description: String { "\(nodeID):\(number)" }
}
