public import Indices
public import JSON

/// What `_license` and `_xpack` answer: there is no license to have, and clients that ask find the one that never ends.
public enum LicenseResponse {
    /// `GET _license`.
    public static func license(_ node: NodeFacts) -> JSONValue {
        [
            "license": [
                "status": "active", "uid": .string(node.id), "type": "basic", "issue_date": "1970-01-01T00:00:00.000Z",
                "issue_date_in_millis": 0, "max_nodes": 1000, "max_resource_units": .null, "issued_to": .string(node.clusterName),
                "issuer": "clipsearch", "start_date_in_millis": -1,
            ]
        ]
    }

    /// `GET _xpack`.
    public static func features(_ node: NodeFacts) -> JSONValue {
        let feature = { (isThere: Bool) -> JSONValue in ["available": .bool(isThere), "enabled": .bool(isThere)] }
        return [
            "build": ["hash": "unknown", "date": "1970-01-01T00:00:00.000Z"],
            "license": ["uid": .string(node.id), "type": "basic", "mode": "basic", "status": "active"],
            "features": ["ml": feature(true), "ilm": feature(false), "security": feature(false), "sql": feature(false)],
            "tagline": "You know, for X",
        ]
    }
}
