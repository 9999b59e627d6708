// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Secret.h"

#include <QByteArray>

namespace ringside {

/// Proof key for code exchange, RFC 7636, method S256, and the random values of a sign-in.
namespace pkce {

/// 32 bytes of the system's cryptographic generator as base64url without padding: 43 characters, for a verifier or a state.
Secret randomToken();

/// base64url(SHA-256(verifier)) without padding.
QByteArray challenge(const Secret &verifier);

/// Takes the same time wherever the two differ.
bool sameText(const QByteArray &a, const QByteArray &b);

} // namespace pkce

} // namespace ringside
