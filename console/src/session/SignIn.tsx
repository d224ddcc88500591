import icon from '../icon.svg';
import { SignInForm } from './SignInForm';

/** The door: nothing of the console is shown before. */
export function SignIn() {
  return (
    <div className="sign-in">
      <main>
        <div className="brand">
          <img src={icon} alt="" /> edge-users
        </div>
        <div className="card">
          <div className="stack">
            <div>
              <h1>Sign in</h1>
              <p className="muted">With an API key of this deployment.</p>
            </div>
            <SignInForm />
          </div>
        </div>
      </main>
    </div>
  );
}
