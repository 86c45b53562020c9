/// Who a request is from.
public enum ClientIdentity: Equatable, Sendable {
    /// Nobody has to say who they are.
    case anonymous
    case user(String)
    /// - Parameter owner: the user whose key it is.
    case apiKey(id: String, owner: String)
}
