import { LitElement, css, html, nothing } from 'lit';
import { JsonRpc } from 'jsonrpc';

const EVERY_MS = 2000;

/** The connections and their states, and where a login waits the address to open. Lit escapes whatever is shown. */
export class QwcZendeskAuthConnections extends LitElement {
    jsonRpc = new JsonRpc(this);

    static properties = { _page: { state: true } };

    static styles = css`
        :host { display: block; padding: 10px; overflow: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: 8px; border-bottom: 1px solid var(--lumo-contrast-10pct); }
    `;

    connectedCallback() {
        super.connectedCallback();
        this._look();
        this._timer = setInterval(() => this._look(), EVERY_MS);
    }

    disconnectedCallback() {
        clearInterval(this._timer);
        super.disconnectedCallback();
    }

    _look() {
        this.jsonRpc.connections().then(answer => { this._page = answer.result; });
    }

    render() {
        if (!this._page) {
            return html`<p>Loading...</p>`;
        }
        if (this._page.connections.length === 0) {
            return html`<p>No connection is open yet: the first route that uses one opens it.</p>`;
        }
        return html`
            <table>
                <thead>
                    <tr><th>Connection</th><th>State</th><th>Account</th><th>Scheme</th><th>Token until</th><th></th></tr>
                </thead>
                <tbody>${this._page.connections.map(connection => this._row(connection))}</tbody>
            </table>
            ${this._page.more > 0 ? html`<p>And ${this._page.more} more.</p>` : nothing}`;
    }

    _row(connection) {
        return html`
            <tr>
                <td>${connection.name}</td>
                <td>${connection.state}</td>
                <td>${connection.url}</td>
                <td>${connection.authScheme}</td>
                <td>${connection.expiresAt ?? ''}</td>
                <td>${connection.login ? this._login(connection.login) : this._remark(connection)}</td>
            </tr>`;
    }

    _login(address) {
        return html`<a href="${address}" target="_blank" rel="noopener noreferrer">Log in to Zendesk</a>`;
    }

    _remark(connection) {
        return connection.shortfall ?? connection.reason ?? connection.authorizationRequired ?? connection.warning ?? '';
    }
}

customElements.define('qwc-zendesk-auth-connections', QwcZendeskAuthConnections);
